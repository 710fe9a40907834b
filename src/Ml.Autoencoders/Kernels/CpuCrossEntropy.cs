using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The mean cross-entropy of each row on a processor, as one operation of torch: rows <c>[B, D]</c> and log-odds
/// <c>[B, D]</c> to <c>[B]</c>. Torch makes some ten passes over the batch, forward and backward;
/// here the pass that adds up the errors leaves their slopes too.
/// </summary>
internal sealed class CpuCrossEntropy : SingleTensorFunction<CpuCrossEntropy>
{
    /// <summary>Rows that a thread takes at once.</summary>
    private const int PartRows = 16;

    public override string Name => nameof(CpuCrossEntropy);

    public static bool Suits(Tensor target, Tensor logits) => target.HasNumbers && logits.HasNumbers;

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        Tensor target = ((Tensor)vars[0]).contiguous();
        Tensor logits = ((Tensor)vars[1]).contiguous();
        (int rows, int width) = ((int)logits.shape[0], (int)logits.shape[1]);
        Tensor errors = empty([rows], dtype: ScalarType.Float32, device: CPU);
        Tensor slopes = empty_like(logits); // [B, D]
        TorchThreads.Share((rows + PartRows - 1) / PartRows, part =>
        {
            Span<float> x = target.Numbers, l = logits.Numbers, slope = slopes.Numbers, error = errors.Numbers;
            for (int row = part * PartRows; row < Math.Min(rows, (part + 1) * PartRows); row++)
                error[row] = CrossEntropyKernel.Mean(x.Slice(row * width, width), l.Slice(row * width, width),
                    slope.Slice(row * width, width));
        });
        ctx.save_for_backward([slopes]);
        return errors;
    }

    /// <summary>For the log-odds: the gradient of each row's error, <c>[B]</c>, times the slopes.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) =>
        BackwardPass.Gradients(2, () => [null!, ctx.get_saved_variables()[0].mul(grad_output.unsqueeze(1))]);
}
