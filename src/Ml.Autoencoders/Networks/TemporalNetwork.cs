namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Temporal"/>.</summary>
internal sealed class TemporalNetwork : Network
{
    private const string Where = "Network.Temporal";
    private const int Stride = 2;

    private readonly IReadOnlyList<Layer> _layers;

    public TemporalNetwork(int[] filters, int kernel, Activation activation, bool batchNorm)
    {
        Place place = Place.Call(Where);
        Require.Sizes(filters, Limits.Width, place, nameof(filters));
        Require.Within(kernel, 1, Limits.Convolution, place, nameof(kernel));
        Require.Defined(activation, place, nameof(activation));
        if (filters.Length == 0)
            throw new ArgumentException(
                $"{Where}: filters is empty; it must name the filters of at least one convolution.", nameof(filters));

        var list = new LayerList();
        foreach (int count in filters)
        {
            // Half a kernel of zeros on each side: a filter then meets each step, and a step is left of any number.
            list.Convolution(count, kernel, Stride, kernel / 2).Decorate(activation, batchNorm);
        }
        _layers = list.Layers;
    }

    internal override bool TakesSequences => true;

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    private protected override IReadOnlyList<Layer> Entrance(int inputSize, SequenceFormat? sequence) =>
        sequence is null
            ? throw new NetworkException(
                "it takes sequences, and nothing specifies the steps of a row. Give the column two dimensions, steps " +
                "x channels, or set Sequence, for example Sequence = new SequenceFormat(steps: " +
                FormattableString.Invariant($"{inputSize}) where there is one number per step."))
            : new LayerList().Sequence(sequence.Steps, sequence.Channels).Layers;

    /// <summary>Sequences of as many steps; the last layer gives the channels that are asked for.</summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        Layer[] layers = [.. encoder.MirroredLayers()];
        if (outputs == encoder.InputShape.Count)
            return layers;
        int steps = encoder.Opened!.Axes[0];
        if (outputs % steps != 0)
        {
            throw new NetworkException(
                FormattableString.Invariant($"{Where} gives sequences of as many steps as it takes, {steps}, and ") +
                FormattableString.Invariant($"{outputs} numbers per row are not a whole number for each. ") +
                "Network.Compose with a custom decoder, or Network.Dense, gives any.");
        }
        if (layers is not [.. var before, TransposedConvolutionLayer last, ReshapeLayer flat])
            throw new InvalidOperationException("The mirror of a temporal encoder ends in a transposed convolution.");
        return [.. before, last with { Filters = outputs / steps }, flat];
    }
}
