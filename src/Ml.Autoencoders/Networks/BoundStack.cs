using Ml.Autoencoders.Arrays;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>A stack with its tensors, ready to compute.</summary>
internal sealed class BoundStack
{
    /// <summary>Each with the number of the layer that is its last.</summary>
    private readonly (int Layer, Func<Tensor, ForwardMode, Tensor> Compute)[] _steps;

    /// <param name="stack">The layers.</param>
    /// <param name="prefix">The prefix of the names of their tensors.</param>
    /// <param name="find">The tensor of a name.</param>
    public BoundStack(LayerStack stack, string prefix, Func<string, Tensor> find)
    {
        var steps = new List<(int, Func<Tensor, ForwardMode, Tensor>)>();
        for (int i = 0; i < stack.Layers.Count; i++)
        {
            ReadOnlySpan<Layer> next = [.. stack.Layers.Skip(i).Take(2)];
            switch (next)
            {
                case [ReshapeLayer { To: null }, LinearLayer] when stack.LayerInputs[i].IsImage:
                    Tensor[] from = Parameters(++i);
                    steps.Add((i, (values, mode) => ImageLinear.FromImage(values, from[0], from[1], mode)));
                    break;
                case [LinearLayer { LastAxis: false }, ReshapeLayer { To: { IsImage: true } image }]:
                    Tensor[] to = Parameters(i++);
                    steps.Add((i, (values, mode) => ImageLinear.ToImage(values, to[0], to[1], image, mode)));
                    break;
                default:
                    (Layer layer, TorchArray[] own) =
                        (stack.Layers[i], [.. Parameters(i).Select(tensor => new TorchArray(tensor))]);
                    steps.Add((i, (values, mode) => layer.Apply<TorchArray>(values, own, mode)));
                    break;
            }
        }
        _steps = [.. steps];

        Tensor[] Parameters(int i) =>
            [.. stack.Layers[i].Parameters(stack.LayerInputs[i])
                .Select(parameter => find($"{prefix}.{i}.{parameter.Name}"))];
    }

    /// <summary>All layers, one after the other.</summary>
    public Tensor Run(Tensor values, ForwardMode mode, HiddenOutputs<TorchArray>? hidden = null) =>
        Run(_steps, values, mode, hidden);

    /// <summary>All layers but the last, which is an activation.</summary>
    public Tensor RunToLast(Tensor values, ForwardMode mode) => Run(_steps.AsSpan()[..^1], values, mode);

    private static Tensor Run(ReadOnlySpan<(int Layer, Func<Tensor, ForwardMode, Tensor> Compute)> steps, Tensor values,
        ForwardMode mode, HiddenOutputs<TorchArray>? hidden = null)
    {
        foreach ((int layer, Func<Tensor, ForwardMode, Tensor> compute) in steps)
        {
            values = compute(values, mode);
            hidden?.Pass(layer, values);
        }
        return values;
    }
}
