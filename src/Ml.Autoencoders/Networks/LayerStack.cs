using System.Globalization;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>Layers in order, and the shape of the rows that enter the first.</summary>
internal sealed class LayerStack
{
    private readonly Lazy<Walk> _walk;
    private readonly Lazy<IReadOnlyList<HiddenLayer>> _hidden;

    [JsonConstructor]
    public LayerStack(Shape inputShape, IReadOnlyList<Layer> layers)
    {
        if (layers.Count > Limits.Layers)
            throw new NetworkException(
                FormattableString.Invariant(
                    $"it has {layers.Count:N0} layers; at most {Limits.Layers:N0} are possible."));
        InputShape = inputShape;
        Layers = layers;
        // Not yet: what is in a file is read by Check, which knows the place.
        _walk = new(() => Through(null), LazyThreadSafetyMode.PublicationOnly);
        _hidden = new(() => HiddenLayer.In(this), LazyThreadSafetyMode.PublicationOnly);
    }

    public Shape InputShape { get; }

    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The shape that enters each layer.</summary>
    /// <exception cref="NetworkException">A layer does not take what the one before it gives.</exception>
    [JsonIgnore]
    public IReadOnlyList<Shape> LayerInputs => _walk.Value.Inputs;

    /// <summary>The shape that leaves the last.</summary>
    /// <inheritdoc cref="LayerInputs"/>
    [JsonIgnore]
    public Shape OutputShape => _walk.Value.Output;

    /// <summary>
    /// Whether a layer joins the numbers of a row; without one, a label after the row stays separate from it.
    /// </summary>
    [JsonIgnore]
    public bool JoinsNumbers => Layers.Any(layer => layer.JoinsNumbers);

    /// <summary>The layers whose outputs are hidden in it, in order.</summary>
    /// <inheritdoc cref="LayerInputs"/>
    [JsonIgnore]
    public IReadOnlyList<HiddenLayer> Hidden => _hidden.Value;

    /// <summary>Numbers that these give for each row, H.</summary>
    /// <inheritdoc cref="LayerInputs"/>
    [JsonIgnore]
    public long HiddenSize => Hidden.Sum(layer => layer.Size);

    /// <summary>Why a column cannot hold hidden activations, to follow a phrase about what asks for them; null where
    /// it can.</summary>
    [JsonIgnore]
    public string? HiddenFault => HiddenFaultBeside(0);

    /// <inheritdoc cref="HiddenFault"/>
    /// <param name="row">Numbers of the row that are in the column, too.</param>
    public string? HiddenFaultBeside(long row) => Hidden.Count == 0 ? HiddenLayer.Missing
        : row + HiddenSize > Limits.Numbers ? string.Create(CultureInfo.InvariantCulture,
            $"{(row > 0 ? "row and " : "")}hidden activations are {row + HiddenSize:N0} numbers; at most " +
            $"{Limits.Numbers:N0} are possible.")
        : null;

    /// <summary>The image or the sequence that it makes of a row before any layer joins numbers; null where it does
    /// not.</summary>
    [JsonIgnore]
    public Shape? Opened => OpenedBy(Layers);

    /// <inheritdoc cref="Opened"/>
    public static Shape? OpenedBy(IEnumerable<Layer> layers) =>
        layers.TakeWhile(layer => !layer.JoinsNumbers).Select(layer => layer.Opens)
            .FirstOrDefault(shape => shape is not null);

    /// <summary>The layer that takes a row as tokens; null where it is taken as numbers.</summary>
    [JsonIgnore]
    public TokenLayer? Tokens =>
        Layers.TakeWhile(layer => !layer.JoinsNumbers).OfType<TokenLayer>().FirstOrDefault();

    /// <summary>Checks that each layer is valid, and takes what the one before it gives.</summary>
    /// <exception cref="ArgumentException">One does not, and a caller gave it.</exception>
    /// <exception cref="FormatException">One does not, and is from a file.</exception>
    public void Check(Place place) => Through(place);

    /// <summary>Itself, once it is known that each layer takes what the one before it gives.</summary>
    /// <inheritdoc cref="LayerInputs"/>
    public LayerStack Resolved()
    {
        _ = _walk.Value;
        return this;
    }

    /// <summary>The stack followed by <paramref name="layers"/>.</summary>
    public LayerStack Append(params IEnumerable<Layer> layers) => new(InputShape, [.. Layers, .. layers]);

    /// <summary>The stack without an activation at its end, if it has that one; a reshape after it stays.</summary>
    public LayerStack WithoutFinal(Activation activation)
    {
        int last = Layers.Count - 1;
        while (last >= 0 && Layers[last].Reshapes)
            last--;
        if (last < 0)
            return this;
        Layer? left = Layers[last].WithoutFinal(activation);
        return new LayerStack(InputShape,
            [.. Layers.Take(last), .. left is null ? Array.Empty<Layer>() : [left], .. Layers.Skip(last + 1)]);
    }

    /// <summary>The stack with its output as a vector, and an activation of it at the end: one that it has already,
    /// before a reshape perhaps, moves there.</summary>
    public LayerStack EndingIn(Activation activation) => new(InputShape,
        [.. WithoutFinal(activation).Flattened().Layers.Select(layer => layer.Before(activation)),
            new ActivationLayer(activation)]);

    /// <summary>The stack with its output as a vector.</summary>
    public LayerStack Flattened() => OutputShape.IsVector ? this : Append(new ReshapeLayer(null));

    /// <summary>The stack followed by a linear layer of <paramref name="size"/> outputs.</summary>
    public LayerStack EndingInLinear(int size) => Flattened().Append(new LinearLayer(size));

    /// <summary>
    /// The stack for rows with a one-hot label of <paramref name="labels"/> numbers after them: the first layer to join
    /// numbers takes them with the row, and a reshape to an image or a sequence before it makes a channel of each.
    /// </summary>
    public LayerStack Conditioned(int labels)
    {
        if (labels == 0)
            return this;
        List<Layer> layers = [.. WithOneShape()];
        int first = layers.FindIndex(layer => layer.Opens is not null || layer.JoinsNumbers);
        if (first >= 0)
            layers[first] = layers[first].WithLabels(labels);
        int joins = layers.FindIndex(layer => layer.JoinsNumbers);
        if (joins >= 0 && !layers[joins].TakesLabels)
        {
            Shape kept = LayerInputs[Layers.Count - layers.Count + joins];
            layers.Insert(joins, kept.IsVector
                ? new LinearLayer((int)kept.Count) : new ConvolutionLayer(kept.Dimensions[0], 1, 1, 0));
        }
        return new LayerStack(Shape.Vector((int)InputShape.Count + labels), layers);
    }

    /// <summary>The layers, with only the last of several reshapes to an image or a sequence that come before anything
    /// joins numbers: what lies between them is the same in any shape.</summary>
    private Layer[] WithOneShape()
    {
        int[] shapes = [.. Enumerable.Range(0, Layers.Count).TakeWhile(i => !Layers[i].JoinsNumbers)
            .Where(i => Layers[i].Opens is not null)];
        if (shapes is not [var first, .., var last] || !Layers.Take(last).Skip(first).All(layer => layer.IgnoresShape))
            return [.. Layers];
        return [.. Layers.Take(last).Where(layer => !layer.Reshapes), .. Layers.Skip(last)];
    }

    /// <summary>Every tensor of the stack, in order, with its full name: <c>encoder.0.weight</c>.</summary>
    /// <remarks>The names are those of the state dictionary of a PyTorch <c>nn.Sequential</c>.</remarks>
    public IEnumerable<ParameterSpec> Parameters(string prefix) =>
        Layers.SelectMany((layer, i) => layer.Parameters(LayerInputs[i])
            .Select(parameter => parameter with { Name = $"{prefix}.{i}.{parameter.Name}" }));

    /// <summary>All layers in prediction, in any back end: <c>[B, ...input]</c> to <c>[B, ...output]</c>.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="prefix">The prefix of the names of their tensors.</param>
    /// <param name="find">Those tensors.</param>
    /// <param name="hidden">Collects the outputs of hidden layers; null where nobody asks for them.</param>
    public T Apply<T>(T input, string prefix, WeightFinder<T> find, HiddenOutputs<T>? hidden = null)
        where T : struct, IArray<T>
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            input = Layers[i].Apply(input,
                [.. Layers[i].Parameters(LayerInputs[i])
                    .Select(parameter => find($"{prefix}.{i}.{parameter.Name}", parameter.Shape))],
                ForwardMode.Prediction);
            hidden?.Pass(i, input);
        }
        return input;
    }

    /// <summary>
    /// The layers that lead back from <see cref="OutputShape"/> to <see cref="InputShape"/>: each layer's
    /// mirror in reverse order, with the activation and normalization that followed the layer before
    /// it. The last has neither.
    /// </summary>
    /// <param name="isWhole">Whether the stack leads from a row to a code. A part of such a stack has others before and
    /// after it, so that what decorates its ends does so in the mirror, too.</param>
    public IReadOnlyList<Layer> MirroredLayers(bool isWhole = true)
    {
        var mirrored = new List<Layer>();
        var held = new List<Layer>();
        for (int i = Layers.Count - 1; i >= 0; i--)
        {
            IReadOnlyList<Layer> mirrors = Layers[i].Mirrored(LayerInputs[i]);
            if (mirrors.Count == 0)
            {
                held.Insert(0, Layers[i]);
                continue;
            }
            // What decorated this layer's output in the encoder decorates the same place in the decoder, unless that
            // place is the code or the row itself, reshaped or not.
            if (!isWhole
                || (mirrored.Exists(layer => layer.JoinsNumbers)
                    && Layers.Take(i + 1).Any(layer => layer.JoinsNumbers)))
                mirrored.AddRange(held);
            held.Clear();
            mirrored.AddRange(mirrors);
        }
        return isWhole ? mirrored : [.. mirrored, .. held];
    }

    /// <summary>From shape to shape. Where there is no place, errors are those of layers.</summary>
    private Walk Through(Place? place)
    {
        InputShape.Check(place ?? "network", nameof(InputShape));
        var inputs = new Shape[Layers.Count];
        Shape shape = InputShape;
        for (int i = 0; i < inputs.Length; i++)
        {
            Place at = (place ?? "network").Part(nameof(Layers)).At(i);
            // A JSON list can hold null, whatever its type says.
            Layer layer = Layers[i] ?? throw at.Fault("the list holds null where a layer must be.");
            layer.Check(at);
            inputs[i] = shape;
            try
            {
                shape = layer.OutputShape(shape);
                if (shape.Fault is { } fault)
                    throw new NetworkException($"{layer} turns {inputs[i]} into a shape that {fault}");
            }
            catch (NetworkException error) when (place is not null)
            {
                throw at.Fault(error.Message);
            }
        }
        return new Walk(inputs, shape);
    }

    /// <summary>The shapes on the way through all layers.</summary>
    private sealed record Walk(Shape[] Inputs, Shape Output);
}
