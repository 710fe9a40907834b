using System.Globalization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A causal convolution over the steps of a sequence, with gaps between those under its kernel (van den Oord et al.
/// 2016, "WaveNet: A Generative Model for Raw Audio"): <c>[B, C, T]</c> to <c>[B, Filters, T]</c>,
/// y_t = b + Σ_j W_j x_(t - (Kernel - 1 - j) Dilation), with zeros before the first step.
/// </summary>
internal sealed record CausalConvolutionLayer(int Filters, int Kernel, int Dilation) : Layer
{
    internal override bool JoinsNumbers => true;

    internal override int ParameterCount => 2;

    public override void Check(Place place)
    {
        Require.Within(Filters, 1, Limits.Numbers, place, nameof(Filters));
        Require.Within(Kernel, 1, Limits.Convolution, place, nameof(Kernel));
        Require.Within(Dilation, 1, Limits.Convolution, place, nameof(Dilation));
    }

    public override Shape OutputShape(Shape input)
    {
        if (!input.IsSequence)
            throw new NetworkException(
                $"{this} takes a sequence (channels x steps), and gets {input}: put Sequence(...) before it.");
        // In floating point, because the product may overflow any integer. Steps under the kernel lie side by side.
        double count = (double)input.Count * Math.Min(Kernel, input.Axes[0]);
        return count <= Limits.Numbers ? input.OfChannels(Filters)
            : throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{this} needs {count:N0} numbers for what its kernel covers of {input.Kind} of {input}; at most ") +
                string.Create(CultureInfo.InvariantCulture, $"{Limits.Numbers:N0} are possible."));
    }

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long channels = input.Dimensions[0];
        Initialization values = Initialization.FanIn(channels * Kernel);
        return [new("weight", [Filters, channels, Kernel], values), new("bias", [Filters], values)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.ConvolveCausally(weights[0], weights[1], Dilation, mode);

    public override Layer Mirror(Shape input) => this with { Filters = input.Dimensions[0] };

    public override string ToString() => FormattableString.Invariant(
        $"CausalConvolution({Filters}, kernel {Kernel}, dilation {Dilation})");
}
