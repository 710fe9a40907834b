using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Networks;

/// <summary>The layers of an encoder and a decoder, resolved for one input size. Data only; see <see cref="NetworkWeights"/>.</summary>
/// <param name="Encoder">Rows, with the condition behind them, to what the bottleneck takes.</param>
/// <param name="Decoder">Codes, with the condition behind them, to rows.</param>
/// <param name="ConditionSize">Numbers of the one-hot label that goes into both, K; 0 where there is no condition.</param>
internal sealed record NetworkPlan(LayerStack Encoder, LayerStack Decoder, int ConditionSize = 0)
{
    /// <summary>What the names of the encoder's tensors start with.</summary>
    public const string EncoderName = "encoder";

    /// <summary>What the names of the decoder's tensors start with.</summary>
    public const string DecoderName = "decoder";

    private static readonly int MostNumbers = Array.MaxLength / sizeof(float);

    /// <summary>Numbers in a row that the encoder takes, D.</summary>
    [JsonIgnore]
    public int InputSize => (int)Encoder.InputShape.Count - ConditionSize;

    /// <summary>Numbers in a row that the decoder gives, D'.</summary>
    [JsonIgnore]
    public int OutputSize => (int)Decoder.OutputShape.Count;

    /// <summary>What picture the encoder makes of a row; null where it takes it as a vector.</summary>
    [JsonIgnore]
    public Shape? Picture => Encoder.Layers.TakeWhile(layer => !LayerStack.Computes(layer)).Select(layer => layer switch
    {
        ReshapeLayer { To.IsImage: true } reshape => reshape.To,
        ConditionedReshapeLayer reshape => reshape.Image,
        _ => null,
    }).FirstOrDefault();

    /// <summary>What picture the decoder makes a row of; null where it gives it as a vector.</summary>
    [JsonIgnore]
    public Shape? OutputPicture => Decoder.Layers switch
    {
        [.., ReshapeLayer { To: null }] => Decoder.LayerInputs[^1],
        [.., ReshapeLayer { To: null }, ActivationLayer] => Decoder.LayerInputs[^2],
        _ => null,
    };

    /// <summary>Numbers in a code, Z.</summary>
    [JsonIgnore]
    public int CodeSize => (int)Decoder.InputShape.Count - ConditionSize;

    /// <summary>Numbers a row where the decoder is widest, from the code and its condition on.</summary>
    [JsonIgnore]
    public long DecoderWidth => Math.Max(Decoder.OutputShape.Count, Decoder.LayerInputs.Append(Decoder.InputShape).Max(shape => shape.Count));

    /// <summary>Every tensor of the network, in order.</summary>
    public IEnumerable<ParameterSpec> Parameters() => Encoder.Parameters(EncoderName).Concat(Decoder.Parameters(DecoderName));

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
}
