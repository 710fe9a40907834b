using System.Buffers;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A causal convolution with gaps between the steps under its kernel, over sequences in managed memory:
/// <c>[B, C, T]</c> to <c>[B, T, stride]</c>, the stride being the filters filled up to whole panels. What the kernel
/// covers is a piece of memory for each step under it.
/// </summary>
internal sealed class PackedCausalConvolution : BlockOperation
{
    private readonly PictureLayout _layout;
    private readonly PackedPanels _panels;
    private readonly RowRuns _runs;
    private readonly int _before;

    /// <param name="layout">Where the numbers of a sequence lie, channels x steps.</param>
    /// <param name="dilation">From one step under the kernel to the next.</param>
    /// <param name="weight"><c>[F, C, k]</c>.</param>
    /// <param name="bias"><c>[F]</c>.</param>
    /// <exception cref="ArgumentException">The weights do not belong to the sequences.</exception>
    public PackedCausalConvolution(PictureLayout layout, int dilation, ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias)
        : base(checked((int)layout.Reach), checked(PackedPanels.StrideOf(bias.Length) * layout.Pixels))
    {
        (int channels, int filters) = (layout.Channels, bias.Length);
        int taps = filters == 0 ? 0 : weight.Length / filters / channels;
        if (dilation < 1 || taps < 1 || weight.Length != (long)taps * filters * channels)
            throw new ArgumentException(FormattableString.Invariant(
                $"{weight.Length} weights are not those of {filters} filters of {channels} channels."));
        _layout = layout;
        var met = (int)Causality.TapsThatMeet(taps, dilation, layout.Pixels);
        _before = checked((met - 1) * dilation);
        _runs = new RowRuns(met, channels, checked(dilation * channels));
        _panels = new PackedPanels(ChannelsInnermost(weight, filters, channels, met), bias);
    }

    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        (int channels, int steps) = (_layout.Channels, _layout.Pixels);
        int size = checked((_before + steps) * channels);
        float[] rented = ArrayPool<float>.Shared.Rent(size);
        Span<float> padded = rented.AsSpan(0, size);
        padded[..(_before * channels)].Clear();
        for (int row = 0; row < count; row++)
        {
            Rearrangement.Move(rows.Row(row, Inputs), _layout, padded[(_before * channels)..],
                PictureLayout.Innermost(channels, steps, channels));
            _panels.Run(ref padded[0], new EvenPlaces(channels), steps, _runs, output.Slice(row * Stride, Stride));
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary><c>[F, C, k]</c> to <c>[F, k', C]</c>, of the last k'.</summary>
    private static float[] ChannelsInnermost(ReadOnlySpan<float> weight, int filters, int channels, int met)
    {
        int taps = weight.Length / filters / channels;
        var ordered = new float[filters * met * channels];
        int at = 0;
        for (int filter = 0; filter < filters; filter++)
        {
            for (int tap = taps - met; tap < taps; tap++)
            {
                for (int channel = 0; channel < channels; channel++)
                    ordered[at++] = weight[(filter * channels + channel) * taps + tap];
            }
        }
        return ordered;
    }
}
