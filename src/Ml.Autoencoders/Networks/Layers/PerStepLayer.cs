using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// The same layers for each step of a sequence, whose channels they take as a vector: <c>[B, C, T]</c> to
/// <c>[B, C', T]</c>.
/// </summary>
internal sealed record PerStepLayer(IReadOnlyList<Layer> Layers) : CompositeLayer(Layers)
{
    internal override bool TakesLabels => Layers.First(layer => layer.JoinsNumbers).TakesLabels;

    public override Shape OutputShape(Shape input)
    {
        if (!input.IsSequence)
            throw new NetworkException(
                $"{this} takes a sequence (channels x steps), and gets {input}: put Sequence(...) before it.");
        Shape output = Inner(input).OutputShape;
        return output.IsVector
            ? input.OfChannels(output.Dimensions[0])
            : throw new NetworkException($"{this} turns a step into {output}; it must give a vector.");
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T each = input.Permute(0, 2, 1).Reshape(-1, input.Size(1));                   // [B T, C]
        T output = ApplyLayers(each, weights, mode);
        return output.Reshape(-1, input.Size(2), output.Size(1)).Permute(0, 2, 1);
    }

    /// <summary>That of each step is that of the whole.</summary>
    internal override Layer? WithoutFinal(Activation activation)
    {
        Layer? last = Layers[^1].WithoutFinal(activation);
        Layer[] left = [.. Layers.SkipLast(1), .. last is null ? Array.Empty<Layer>() : [last]];
        return left.Length == 0 ? null : new PerStepLayer(left);
    }

    private protected override string Kind => "PerStep";

    private protected override LayerStack Inner(Shape input) => new(Shape.Vector(input.Dimensions[0]), Layers);
}
