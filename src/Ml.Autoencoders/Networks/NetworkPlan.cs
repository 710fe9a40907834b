using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Networks;

/// <summary>The layers of an encoder and a decoder, resolved for one input size. Data only; see <see cref="NetworkWeights"/>.</summary>
internal sealed record NetworkPlan(LayerStack Encoder, LayerStack Decoder)
{
    private const string EncoderName = "encoder";
    private const string DecoderName = "decoder";

    private static readonly int MostNumbers = Array.MaxLength / sizeof(float);

    /// <summary>Numbers in an input row, D.</summary>
    [JsonIgnore]
    public int InputSize => (int)Encoder.InputShape.Count;

    /// <summary>Numbers in a code, Z.</summary>
    [JsonIgnore]
    public int CodeSize => (int)Decoder.InputShape.Count;

    /// <summary>Every tensor of the network, in order, with its full name: <c>encoder.0.weight</c>.</summary>
    /// <remarks>The names are those of the state dictionary of two PyTorch <c>nn.Sequential</c>s.</remarks>
    public IEnumerable<ParameterSpec> Parameters() =>
        ParametersOf(EncoderName, Encoder).Concat(ParametersOf(DecoderName, Decoder));

    /// <summary>Whether a layer needs more than one row to train on.</summary>
    [JsonIgnore]
    public bool NormalisesBatches => Encoder.Layers.Concat(Decoder.Layers).OfType<BatchNormLayer>().Any();

    /// <exception cref="NetworkException">A tensor would be larger than an array can be.</exception>
    public void RequireBuildable()
    {
        foreach (ParameterSpec spec in Parameters())
        {
            // In floating point, because sizes that nobody can have may overflow an integer.
            double count = spec.Shape.Aggregate(1.0, (product, size) => product * size);
            if (count > MostNumbers)
                throw new NetworkException(FormattableString.Invariant($"its '{spec.Name}' would hold {count:N0} numbers, more than the {MostNumbers:N0} that a tensor can be saved with."));
        }
    }

    private static IEnumerable<ParameterSpec> ParametersOf(string prefix, LayerStack stack) =>
        stack.Layers.SelectMany((layer, i) => layer.Parameters(stack.LayerInputs[i])
            .Select(parameter => parameter with { Name = $"{prefix}.{i}.{parameter.Name}" }));
}
