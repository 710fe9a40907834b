using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// The layers of an encoder and a decoder, resolved for one input size. Data only; see <see cref="BoundNetwork"/>.
/// </summary>
/// <param name="Encoder">Rows, with their gaps and the condition after them, to what the bottleneck takes.</param>
/// <param name="Decoder">Codes, with the condition after them, to rows.</param>
/// <param name="ConditionSize">Numbers of the one-hot label that goes into both, K; 0 where there
/// is no condition.</param>
internal sealed record NetworkPlan(LayerStack Encoder, LayerStack Decoder, int ConditionSize = 0)
{
    /// <summary>The prefix of the names of the encoder's tensors.</summary>
    public const string EncoderName = "encoder";

    /// <summary>The prefix of the names of the decoder's tensors.</summary>
    public const string DecoderName = "decoder";

    /// <summary>Whether the encoder takes as many numbers again after each row, which say where values are missing; not
    /// in files before version 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MarksGaps { get; init; }

    /// <summary>The tokens that a row is; null where it is numbers. Not in files before version 7.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenFormat? Tokens { get; init; }

    /// <summary>Whether values of a row may be missing.</summary>
    [JsonIgnore]
    public bool TakesGaps => MarksGaps || Tokens is not null;

    /// <summary>Numbers in a row that the encoder takes, D.</summary>
    [JsonIgnore]
    public int InputSize => ((int)Encoder.InputShape.Count - ConditionSize) / (MarksGaps ? 2 : 1);

    /// <summary>Numbers in a row that the decoder's stand for, D'.</summary>
    [JsonIgnore]
    public int OutputSize => Tokens?.Steps ?? DecoderOutputs;

    /// <summary>Numbers that the decoder gives: as many as a row has, or log-odds of each key of it.</summary>
    [JsonIgnore]
    public int DecoderOutputs => (int)Decoder.OutputShape.Count;

    /// <summary>What picture the encoder makes of a row; null where it does not.</summary>
    [JsonIgnore]
    public Shape? Picture => Encoder.Opened is { IsImage: true } picture ? picture : null;

    /// <summary>The sequence that the encoder takes a row as; null where it does not, as where a row holds
    /// tokens.</summary>
    [JsonIgnore]
    public SequenceFormat? Sequence => Encoder.Tokens is null && Encoder.Opened is { IsSequence: true } shape
        ? SequenceFormat.Of(shape) : null;

    /// <summary>What picture the decoder makes a row of; null where it does not.</summary>
    [JsonIgnore]
    public Shape? OutputPicture
    {
        get
        {
            int last = Decoder.Layers.Count - 1;
            if (last >= 0 && !Decoder.Layers[last].Reshapes && Decoder.Layers[last].IgnoresShape)
                last--;
            return last >= 0 && Decoder.Layers[last].Reshapes && Decoder.LayerInputs[last].IsImage
                ? Decoder.LayerInputs[last] : null;
        }
    }

    /// <summary>Numbers in a code, Z.</summary>
    [JsonIgnore]
    public int CodeSize => (int)Decoder.InputShape.Count - ConditionSize;

    /// <summary>Numbers per row where the decoder is widest, from the code and its condition on.</summary>
    [JsonIgnore]
    public long DecoderWidth =>
        Math.Max(Decoder.OutputShape.Count, Decoder.LayerInputs.Append(Decoder.InputShape).Max(shape => shape.Count));

    /// <summary>Why a column cannot hold hidden activations, to follow a phrase about what asks for them; null where
    /// it can.</summary>
    /// <param name="besideRow">Whether the column holds the row, too, without its label.</param>
    public string? HiddenFault(bool besideRow) => Encoder.HiddenFaultBeside(besideRow ? InputSize : 0);

    /// <summary>Every tensor of the network, in order.</summary>
    public IEnumerable<ParameterSpec> Parameters() =>
        Encoder.Parameters(EncoderName).Concat(Decoder.Parameters(DecoderName));

    /// <summary>Whether a layer needs more than one row to train on.</summary>
    [JsonIgnore]
    public bool NormalizesBatches => Encoder.Layers.Concat(Decoder.Layers).Any(layer => layer.NeedsBatch);

    /// <summary>Checks encoder and decoder, each by itself and against the condition.</summary>
    /// <exception cref="FormatException">One is not valid, and is from a file.</exception>
    public void Check(Place place)
    {
        Require.Within(ConditionSize, 0, Limits.Width, place, nameof(ConditionSize));
        Check(Encoder, place.Part(nameof(Encoder)));
        Check(Decoder, place.Part(nameof(Decoder)));
        if (Tokens is not null)
            Check(Tokens, place.Part(nameof(Tokens)));
        try
        {
            RequireBuildable();
        }
        catch (NetworkException error)
        {
            throw place.Fault(error.Message);
        }
    }

    /// <exception cref="NetworkException">A tensor would be larger than an array can be.</exception>
    public void RequireBuildable()
    {
        foreach (ParameterSpec spec in Parameters())
            spec.RequireBuildable();
    }

    private void Check(TokenFormat tokens, Place place)
    {
        TokenFormat.Check(tokens.Steps, tokens.Classes, place);
        if (MarksGaps)
            throw place.Fault($"{tokens} are given, and marksGaps is true; of tokens that are missing it must be " +
                "false.");
        if (tokens.Steps != InputSize)
            throw place.Error(nameof(tokens.Steps), FormattableString.Invariant(
                $"is {tokens.Steps}; the encoder takes {InputSize} numbers per row."));
        if (tokens.Logits != DecoderOutputs)
            throw place.Error(nameof(tokens.Classes), FormattableString.Invariant(
                $"is {tokens.Classes}; for {tokens.Steps} steps of these the decoder must give {tokens.Logits:N0} ") +
                FormattableString.Invariant($"numbers, and it gives {DecoderOutputs:N0}."));
        if (Encoder.Layers is not [TokenLayer first, ..])
            throw place.Fault($"{tokens} are given; the encoder must begin with a layer that takes such.");
        if (first.Classes != tokens.Classes)
            throw place.Error(nameof(tokens.Classes), FormattableString.Invariant(
                $"is {tokens.Classes}; the encoder begins with {first}."));
    }

    private void Check(LayerStack stack, Place place)
    {
        stack.Check(place);
        if (!stack.InputShape.IsVector || stack.InputShape.Count <= ConditionSize)
            throw place.Error(nameof(LayerStack.InputShape),
                $"is {stack.InputShape}; it must be a vector of more than the {ConditionSize} numbers of the " +
                "condition.");
        if (MarksGaps && ReferenceEquals(stack, Encoder) && (stack.InputShape.Count - ConditionSize) % 2 != 0)
            throw place.Error(nameof(LayerStack.InputShape),
                $"is {stack.InputShape}; with the {ConditionSize} numbers of the condition left out it must be even, " +
                "for a row and its gaps.");
        if (MarksGaps && stack.Opened is not null)
            throw place.Error(nameof(LayerStack.Layers),
                "begin with a picture or a sequence; where marksGaps is true rows must be vectors.");
        if (!stack.OutputShape.IsVector)
            throw place.Error(nameof(LayerStack.Layers),
                $"end in {stack.OutputShape.Kind} of {stack.OutputShape}; they must end in a vector.");
        for (int i = 0; i < stack.Layers.Count; i++)
        {
            int labels = stack.Layers[i].LabelsTaken;
            if (labels > 0 && labels != ConditionSize)
                throw place.Part(nameof(LayerStack.Layers)).At(i).Error("Labels",
                    $"is {labels}; it must be {ConditionSize}, as conditionSize.");
        }
    }
}
