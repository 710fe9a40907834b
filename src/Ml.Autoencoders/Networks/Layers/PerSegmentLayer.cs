using System.Globalization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// The same layers for each segment of a sequence, which make steps of a vector: <c>[B, H, S]</c> to
/// <c>[B, C, S L]</c>, the L steps of each after those of the one before (the lower level of the decoder of Roberts et
/// al. 2018, "A Hierarchical Latent Vector Model for Learning Long-Term Structure in Music", section 3.2).
/// </summary>
internal sealed record PerSegmentLayer(IReadOnlyList<Layer> Layers) : CompositeLayer(Layers)
{
    internal override bool TakesLabels => Layers.First(layer => layer.JoinsNumbers).TakesLabels;

    public override Shape OutputShape(Shape input)
    {
        if (!input.IsSequence)
            throw new NetworkException($"{this} takes a sequence (channels x segments), and gets {input}.");
        (LayerStack inner, int segments) = (Inner(input), input.Axes[0]);
        if (!inner.OutputShape.IsSequence)
            throw new NetworkException($"{this} makes {inner.OutputShape} of a segment; it must make a sequence.");
        double most = NumbersHeld(input);
        if (most > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{this} needs {most:N0} numbers for {segments:N0} segments; at most {Limits.Numbers:N0} are ") +
                "possible.");
        return Shape.Sequence(inner.OutputShape.Dimensions[0], inner.OutputShape.Axes[0] * segments);
    }

    internal override double NumbersHeld(Shape input) => base.NumbersHeld(input) * input.Axes[0];

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        (long channels, long segments) = (input.Size(1), input.Size(2));
        T each = input.Permute(0, 2, 1).Reshape(-1, channels);                        // [B S, H]
        T output = ApplyLayers(each, weights, mode.PerPart<T>(segments)).Permute(0, 2, 1);    // [B S, L, C]
        return output.Reshape(-1, segments * output.Size(1), output.Size(2)).Permute(0, 2, 1);
    }

    /// <summary>That of each segment is that of the whole.</summary>
    internal override Layer? WithoutFinal(Activation activation)
    {
        Layer? last = Layers[^1].WithoutFinal(activation);
        Layer[] left = [.. Layers.SkipLast(1), .. last is null ? Array.Empty<Layer>() : [last]];
        return left.Length == 0 ? null : new PerSegmentLayer(left);
    }

    internal override Layer Before(Activation activation) =>
        new PerSegmentLayer([.. Layers.Select(layer => layer.Before(activation))]);

    internal override Layer OfClasses() => new PerSegmentLayer([.. Layers.Select(layer => layer.OfClasses())]);

    /// <summary>The layers for one segment of a sequence.</summary>
    public LayerStack OfSegment(Shape input) => Inner(input);

    private protected override string Kind => "PerSegment";

    private protected override LayerStack Inner(Shape input) => new(Shape.Vector(input.Dimensions[0]), Layers);
}
