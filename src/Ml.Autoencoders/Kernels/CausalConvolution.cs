using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A causal convolution with gaps between the steps under its kernel, as one product: what the kernel covers at each
/// step is put side by side. Torch's own convolutions are not right on all processors (see
/// <see cref="TorchConvolutions"/>), and with gaps not fast.
/// </summary>
internal static class CausalConvolution
{
    /// <summary><c>[B, C, T]</c>, kernel <c>[F, C, k]</c>, bias <c>[F]</c> to <c>[B, F, T]</c>.</summary>
    public static Tensor Of(Tensor input, Tensor kernel, Tensor bias, long dilation, bool isTraining)
    {
        (long rows, long channels, long steps) = (input.shape[0], input.shape[1], input.shape[2]);
        (long filters, long taps) = (kernel.shape[0], kernel.shape[2]);
        long met = Causality.TapsThatMeet(taps, dilation, steps);
        Tensor before = zeros([rows, (met - 1) * dilation, channels], dtype: input.dtype, device: input.device);
        Tensor padded = cat([before, input.permute(0, 2, 1)], 1);                             // [B, P + T, C]
        Tensor covered = cat([.. Enumerable.Range(0, (int)met).Select(tap =>
            padded.narrow(1, tap * dilation, steps))], 2);                                    // [B, T, k C]
        Tensor weight = kernel.narrow(2, taps - met, met).permute(0, 2, 1).reshape(filters, met * channels);
        return Cpu.Linear(covered.reshape(rows * steps, met * channels), weight, bias, isTraining)
            .reshape(rows, steps, filters).permute(0, 2, 1);
    }
}
