using System.Text.Json.Serialization;
using Ml.Autoencoders.Onnx;

namespace Ml.Autoencoders.Networks;

/// <summary>Layers in order, and the shape of the rows that enter the first.</summary>
internal sealed class LayerStack
{
    [JsonConstructor]
    public LayerStack(Shape inputShape, IReadOnlyList<Layer> layers)
    {
        InputShape = inputShape;
        Layers = layers;
        var inputs = new List<Shape>(layers.Count);
        Shape shape = inputShape;
        foreach (Layer layer in layers)
        {
            // A JSON list can hold null, whatever its type says.
            if (layer is null)
                throw new NetworkException("a layer is missing: the list holds null.");
            inputs.Add(shape);
            shape = layer.OutputShape(shape);
        }
        LayerInputs = inputs;
        OutputShape = shape;
    }

    public Shape InputShape { get; }

    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The shape that enters each layer.</summary>
    [JsonIgnore]
    public IReadOnlyList<Shape> LayerInputs { get; }

    [JsonIgnore]
    public Shape OutputShape { get; }

    /// <summary>Whether a layer joins the numbers of a row; without one, a label behind the row stays apart from it.</summary>
    [JsonIgnore]
    public bool JoinsNumbers => Layers.Any(Computes);

    /// <summary>The stack with <paramref name="layers"/> behind it.</summary>
    public LayerStack Append(params IEnumerable<Layer> layers) => new(InputShape, [.. Layers, .. layers]);

    /// <summary>The stack without an activation at its end, if it has that one; a reshape behind it stays.</summary>
    public LayerStack WithoutFinal(Activation activation)
    {
        int last = Layers.Count - 1;
        while (last >= 0 && Layers[last] is ReshapeLayer)
            last--;
        return last >= 0 && Layers[last] is ActivationLayer final && final.Function == activation
            ? new LayerStack(InputShape, [.. Layers.Take(last), .. Layers.Skip(last + 1)])
            : this;
    }

    /// <summary>The stack with its output as a vector.</summary>
    public LayerStack Flattened() => OutputShape.IsVector ? this : Append(new ReshapeLayer(null));

    /// <summary>The stack with a linear layer of <paramref name="size"/> outputs behind it.</summary>
    public LayerStack EndingInLinear(int size) => Flattened().Append(new LinearLayer(size));

    /// <summary>
    /// The stack for rows with a one-hot label of <paramref name="labels"/> numbers behind them: the first linear layer takes
    /// them with the row, and a reshape to an image before it makes a channel of each.
    /// </summary>
    public LayerStack Conditioned(int labels)
    {
        if (labels == 0)
            return this;
        Layer[] layers = [.. Layers];
        int first = Array.FindIndex(layers, layer => layer is ReshapeLayer { To.IsImage: true } || Computes(layer));
        if (first >= 0 && layers[first] is ReshapeLayer { To: { } image })
            layers[first] = new ConditionedReshapeLayer(image, labels);
        return new LayerStack(Shape.Vector((int)InputShape.Count + labels), layers);
    }

    /// <summary>Every tensor of the stack, in order, with its full name: <c>encoder.0.weight</c>.</summary>
    /// <remarks>The names are those of the state dictionary of a PyTorch <c>nn.Sequential</c>.</remarks>
    public IEnumerable<ParameterSpec> Parameters(string prefix) =>
        Layers.SelectMany((layer, i) => layer.Parameters(LayerInputs[i])
            .Select(parameter => parameter with { Name = $"{prefix}.{i}.{parameter.Name}" }));

    /// <summary>All layers of prediction as nodes of an ONNX graph: <c>[B, ...input]</c> to <c>[B, ...output]</c>.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="prefix">What the names of their tensors start with.</param>
    public OnnxValue Export(OnnxValue input, string prefix)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            input = Layers[i].Export(input,
                [.. Layers[i].Parameters(LayerInputs[i]).Select(parameter => input.Graph.Weight($"{prefix}.{i}.{parameter.Name}", parameter.Shape))]);
        }
        return input;
    }

    /// <summary>
    /// The layers that lead back from <see cref="OutputShape"/> to <see cref="InputShape"/>: each layer's mirror in reverse
    /// order, with the activation and normalisation that stood behind the layer before it. The last has neither.
    /// </summary>
    public IReadOnlyList<Layer> MirroredLayers()
    {
        var mirrored = new List<Layer>();
        var held = new List<Layer>();
        for (int i = Layers.Count - 1; i >= 0; i--)
        {
            if (Layers[i].Mirror(LayerInputs[i]) is not { } mirror)
            {
                held.Insert(0, Layers[i]);
                continue;
            }
            // What decorated this layer's output in the encoder decorates the same place in the decoder, unless that
            // place is the code or the row itself, reshaped or not.
            if (mirrored.Exists(Computes) && Layers.Take(i + 1).Any(Computes))
                mirrored.AddRange(held);
            held.Clear();
            mirrored.Add(mirror);
        }
        return mirrored;
    }

    internal static bool Computes(Layer layer) => layer is LinearLayer or ConvolutionLayer or TransposedConvolutionLayer;
}
