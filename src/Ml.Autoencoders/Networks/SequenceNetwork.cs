namespace Ml.Autoencoders.Networks;

/// <summary>A network that takes sequences, and gives sequences of as many steps.</summary>
/// <param name="where">The method that makes it, as messages name it.</param>
internal abstract class SequenceNetwork(string where) : Network
{
    internal sealed override bool TakesSequences => true;

    private protected string Where => where;

    private protected override IReadOnlyList<Layer> Entrance(int inputSize, SequenceFormat? sequence) =>
        sequence is null
            ? throw new NetworkException(
                "it takes sequences, and nothing specifies the steps of a row. Give the column two dimensions, steps " +
                "x channels, or set Sequence, for example Sequence = new SequenceFormat(steps: " +
                FormattableString.Invariant($"{inputSize}) where there is one number per step."))
            : new LayerList().Sequence(sequence.Steps, sequence.Channels).Layers;

    /// <summary>The sequence that a row of <paramref name="outputs"/> numbers is, of as many steps as the encoder
    /// takes.</summary>
    /// <exception cref="NetworkException">It is none.</exception>
    private protected SequenceFormat RowOf(LayerStack encoder, int outputs)
    {
        int steps = encoder.Opened!.Axes[0];
        if (outputs % steps != 0)
        {
            throw new NetworkException(
                FormattableString.Invariant($"{Where} gives sequences of as many steps as it takes, {steps}, and ") +
                FormattableString.Invariant($"{outputs} numbers per row are not a whole number for each. ") +
                "Network.Compose with a custom decoder, or Network.Dense, gives any.");
        }
        return new SequenceFormat(steps, outputs / steps);
    }
}
