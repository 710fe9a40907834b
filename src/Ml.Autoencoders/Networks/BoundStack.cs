using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>A stack with its tensors: what computes.</summary>
internal sealed class BoundStack
{
    private readonly (Layer Layer, Tensor[] Parameters)[] _layers;

    /// <param name="stack">The layers.</param>
    /// <param name="prefix">What the names of their tensors start with.</param>
    /// <param name="find">The tensor of a name.</param>
    public BoundStack(LayerStack stack, string prefix, Func<string, Tensor> find) =>
        _layers = [.. stack.Layers.Select((layer, i) =>
            (layer, layer.Parameters(stack.LayerInputs[i]).Select(parameter => find($"{prefix}.{i}.{parameter.Name}")).ToArray()))];

    /// <summary>All layers, one behind the other.</summary>
    public Tensor Run(Tensor values, ForwardMode mode) => Run(_layers, values, mode);

    /// <summary>All layers but the last.</summary>
    public Tensor RunToLast(Tensor values, ForwardMode mode) => Run(_layers.AsSpan()[..^1], values, mode);

    private static Tensor Run(ReadOnlySpan<(Layer Layer, Tensor[] Parameters)> layers, Tensor values, ForwardMode mode)
    {
        foreach ((Layer layer, Tensor[] parameters) in layers)
            values = layer.Forward(values, parameters, mode);
        return values;
    }
}
