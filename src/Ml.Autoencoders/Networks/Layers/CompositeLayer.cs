using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>A layer that is made of others, in order.</summary>
internal abstract record CompositeLayer : Layer
{
    protected CompositeLayer(IReadOnlyList<Layer> layers) => Layers = EqualList<Layer>.Of(layers);

    public IReadOnlyList<Layer> Layers { get; init; }

    internal override bool JoinsNumbers => Layers.Any(layer => layer.JoinsNumbers);

    internal override bool IsNonlinear => Layers.Any(layer => layer.IsNonlinear);

    internal override bool NeedsBatch => Layers.Any(layer => layer.NeedsBatch);

    internal override bool FeedsBack => Layers.Any(layer => layer.FeedsBack);

    internal override double NumbersHeld(Shape input)
    {
        LayerStack inner = Inner(input);
        return Layers.Zip(inner.LayerInputs, (layer, shape) => layer.NumbersHeld(shape))
            .Append(inner.OutputShape.Count).Max();
    }

    internal override int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    internal override int Depth => 1 + Layers.Max(layer => layer.Depth);

    public override void Check(Place place)
    {
        Place layers = place.Part(nameof(Layers));
        if (Layers.Count is 0 or > Limits.Layers)
            throw place.Fault(FormattableString.Invariant(
                $"it is made of {Layers.Count:N0} layers; it must be at least 1, and at most {Limits.Layers:N0}."));
        for (int i = 0; i < Layers.Count; i++)
        {
            // A JSON list can hold null, whatever its type says.
            Layer layer = Layers[i] ?? throw layers.At(i).Fault("the list holds null where a layer must be.");
            layer.Check(layers.At(i));
        }
        if (Depth > Limits.Nesting)
            throw place.Fault(FormattableString.Invariant(
                $"layers lie in each other {Depth} deep; at most {Limits.Nesting} are possible."));
    }

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        LayerStack inner = Inner(input);
        return [.. Layers.SelectMany((layer, i) => layer.Parameters(inner.LayerInputs[i])
            .Select(parameter => parameter with { Name = FormattableString.Invariant($"{i}.{parameter.Name}") }))];
    }

    public override Layer? Mirror(Shape input)
    {
        LayerStack inner = Inner(input);
        return Layers.Zip(inner.LayerInputs).All(layer => layer.First.Mirrored(layer.Second).Count == 0)
            ? null : this with { Layers = new EqualList<Layer>(inner.MirroredLayers(isWhole: false)) };
    }

    public sealed override string ToString() => $"{Kind}({string.Join(", ", Layers)})";

    /// <summary>What the summary and messages call it.</summary>
    private protected abstract string Kind { get; }

    /// <summary>The layers for a row of the shape <paramref name="input"/>.</summary>
    private protected abstract LayerStack Inner(Shape input);

    /// <summary>All layers, one after the other.</summary>
    private protected T ApplyLayers<T>(T values, IReadOnlyList<T> weights, ForwardMode mode) where T : struct, IArray<T>
    {
        int used = 0;
        foreach (Layer layer in Layers)
        {
            values = layer.Apply(values, [.. weights.Skip(used).Take(layer.ParameterCount)], mode);
            used += layer.ParameterCount;
        }
        return values;
    }
}
