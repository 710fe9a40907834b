using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Models;

/// <summary>A prediction as nodes of an ONNX graph.</summary>
/// <remarks>Runtimes differ in how a missing value passes through a network, so none goes in: rows that hold one are
/// marked before, and all their results are made missing afterward; or their gaps are, where the model takes
/// them.</remarks>
/// <param name="definition">What is computed.</param>
/// <param name="inputs">Rows in the column's units.</param>
/// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the reconstruction error.</param>
/// <param name="seed">The seed that those are drawn from.</param>
internal sealed class OnnxPrediction(ModelDefinition definition, OnnxInputs inputs, int draws = 0, int seed = 0)
    : Prediction<OnnxArray>(definition, InNetworkUnits(definition, inputs), inputs.OneHot, draws, seed)
{
    /// <summary>The rows that codes stand for: <c>[B, D']</c>, in the column's units, or keys.</summary>
    public static OnnxValue OfCodes(ModelDefinition definition, OnnxInputs codes) =>
        OfOutput(definition, codes, OutputOfCodes(definition, codes));

    /// <summary>Of rows of keys, the likeliest keys that codes stand for, <c>[B, T]</c>, and how likely each key is at
    /// each step, <c>[B, T, V]</c>.</summary>
    public static (OnnxValue Keys, OnnxValue Probabilities) KeysOfCodes(ModelDefinition definition, OnnxInputs codes)
    {
        OnnxArray output = OutputOfCodes(definition, codes);
        TokenFormat tokens = definition.Network.Tokens!;
        OnnxArray logits = output.Reshape(-1, tokens.Steps, tokens.Classes);
        return (OfOutput(definition, codes, output), logits.Value.To("Softmax", OnnxAttribute.Of("axis", 2)));
    }

    private static OnnxArray OutputOfCodes(ModelDefinition definition, OnnxInputs codes)
    {
        OnnxArray conditioned = codes.OneHot is { } labels ? codes.Values.Concat(labels, 1) : codes.Values;
        return Decoded(definition, conditioned, codes.Find);
    }

    private static OnnxValue OfOutput(ModelDefinition definition, OnnxInputs codes, OnnxArray output)
    {
        OnnxValue rows = ModelUnits.InColumn(definition,
            definition.Objective.Likelihood.ReconstructionOf(output), codes.Find).Value;
        return definition.Network.Tokens is null
            ? codes.OrMissing(rows) : codes.OrInstead(rows, 0).Cast(DataType.Uint32);
    }

    /// <summary>An output of each row, missing where the row is: <c>[B, size]</c>.</summary>
    /// <param name="output">Which.</param>
    /// <param name="column">The column of the code's kind, where it is one.</param>
    /// <param name="size">Numbers per row.</param>
    /// <param name="areKeys">Whether they are keys.</param>
    public OnnxValue Of(ManagedOutput output, CodeColumn? column, long size, bool areKeys)
    {
        OnnxArray found = Of(output, column);
        OnnxValue values = found.Shape.Length == 1 ? found.Reshape(-1, size).Value : found.Value;
        return areKeys
            ? inputs.OrInstead(values, 0).Cast(DataType.Uint32)
            : inputs.OrMissing(values);
    }

    protected override Func<OnnxArray, OnnxArray> LogPrior() =>
        throw new NotSupportedException("ONNX does not compute the density of this prior.");

    protected override OnnxArray Find(string name, params long[] shape) => inputs.Find(name, shape);

    protected override OnnxArray InColumn => inputs.Values;

    protected override OnnxArray Encode(OnnxArray conditioned, HiddenOutputs<OnnxArray> hidden) =>
        Definition.Network.Encoder.Apply(conditioned, NetworkPlan.EncoderName, Find, hidden);

    protected override OnnxArray Decode(OnnxArray conditioned) => Decoded(Definition, conditioned, Find);

    /// <summary>Rows that hold a missing value are made missing later.</summary>
    protected override OnnxArray OrEndless(OnnxArray score) =>
        new(score.Value.Masked(score.Value.To("IsNaN"), float.PositiveInfinity), score.Shape);

    /// <inheritdoc cref="OrEndless"/>
    protected override OnnxArray OrMissing(OnnxArray values) => values;

    private static GappedRows<OnnxArray> InNetworkUnits(ModelDefinition definition, OnnxInputs inputs)
    {
        OnnxArray rows = definition.ImageOf(definition.Network.InputSize)?.ToPlanar(inputs.Values) ?? inputs.Values;
        rows = ModelUnits.Scaled(definition, rows, inputs.Find);
        if (definition.Network.Tokens is not null)
            return definition.Objective.Likelihood.Gapped(rows, mayHaveGaps: true);
        float[]? shares = definition.Objective.Likelihood.Columns?.Shares;
        return inputs.Gaps is { } gaps ? new(rows.Masked(gaps, 0), gaps, shares) : new(rows, null, shares);
    }

    /// <summary>
    /// What the likelihood takes from the decoder: codes with their labels, <c>[B, Z + K]</c>, to <c>[B, D']</c>.
    /// </summary>
    private static OnnxArray Decoded(ModelDefinition definition, OnnxArray codes, WeightFinder<OnnxArray> find)
    {
        LayerStack decoder = definition.Network.Decoder;
        if (definition.Objective.Likelihood.TakesLogits)
            decoder = new LayerStack(decoder.InputShape, [.. decoder.Layers.SkipLast(1)]);
        return decoder.Apply(codes, NetworkPlan.DecoderName, find);
    }
}
