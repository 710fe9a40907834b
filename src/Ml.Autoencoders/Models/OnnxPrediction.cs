using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Models;

/// <summary>
/// The counterpart of <see cref="Prediction"/> as nodes of an ONNX graph. Only what is requested is
/// written, and nothing twice.
/// </summary>
/// <remarks>Runtimes differ in how a missing value passes through a network, so none goes in: rows that hold one are
/// marked before, and all their results are made missing afterward.</remarks>
/// <param name="definition">What is computed.</param>
/// <param name="inputs">Rows in the column's units.</param>
/// <param name="draws">Codes drawn for the anomaly score of each row; 0 where that is the reconstruction error.</param>
/// <param name="seed">The seed that those are drawn from.</param>
internal sealed class OnnxPrediction(ModelDefinition definition, OnnxInputs inputs, int draws = 0, int seed = 0)
{
    /// <inheritdoc cref="Prediction.Code"/>
    public OnnxValue Code => inputs.OrMissing(RawCode);

    /// <inheritdoc cref="Prediction.Reconstruction"/>
    public OnnxValue Reconstruction =>
        inputs.OrMissing(OnnxDecoder.InColumnUnits(definition, Likelihood.ReconstructionOf(Array(Output)).Value));

    /// <inheritdoc cref="Prediction.Error"/>
    public OnnxValue Error => inputs.OrMissing(SlotErrors.Mean(axis: 1));

    /// <inheritdoc cref="Prediction.FeatureErrors"/>
    public OnnxValue FeatureErrors => inputs.OrMissing(definition.Image?.FromPlanar(SlotErrors) ?? SlotErrors);

    /// <inheritdoc cref="Prediction.Column"/>
    public OnnxValue Column(CodeColumn column)
    {
        OnnxValue values = column.Export(Encoded);
        return column.KeyCount > 0
            ? values.Masked(inputs.IsMissing, 0).Cast(DataType.Uint32)
            : inputs.OrMissing(values);
    }

    /// <inheritdoc cref="Prediction.Anomaly"/>
    public OnnxValue Anomaly
    {
        get
        {
            OnnxValue score = draws == 0 ? SlotErrors.Mean(axis: 1) : NegativeEvidence();
            return inputs.OrMissing(score.Masked(score.To("IsNaN"), float.PositiveInfinity));
        }
    }

    private OnnxGraph Graph => inputs.Values.Graph;

    private Likelihood Likelihood => definition.Objective.Likelihood;

    private int CodeSize => definition.Network.CodeSize;

    /// <summary>Rows in the network's units.</summary>
    private OnnxValue Rows
    {
        get
        {
            int size = definition.Network.InputSize;
            OnnxValue rows = definition.ImageOf(size)?.ToPlanar(inputs.Values) ?? inputs.Values;
            return definition.Scaling == InputScaling.None
                ? rows
                : (rows - Graph.Weight(InputScaler.OffsetName(InputScaler.InputName), size))
                / Graph.Weight(InputScaler.ScaleName(InputScaler.InputName), size);
        }
    }

    private OnnxValue Encoded => definition.Network.Encoder.Apply(
        new OnnxArray(inputs.Conditioned(Rows), -1, definition.Network.Encoder.InputShape.Count),
        NetworkPlan.EncoderName, Find).Value;

    private OnnxValue RawCode => definition.Bottleneck.Export(Encoded, CodeSize);

    private OnnxValue Output => OnnxDecoder.Output(definition, inputs.Conditioned(RawCode));

    private OnnxValue SlotErrors => Likelihood.SlotErrors(Array(Rows), Array(Output)).Value;

    private OnnxArray Array(OnnxValue value) => new(value, -1, definition.Network.OutputSize);

    private OnnxArray Find(string name, params long[] shape) => new(Graph.Weight(name, shape), shape);

    /// <summary>
    /// KL(q(z|x) || p(z)) - E ln p(x|z), with the draws that <see cref="Prediction"/> takes: <c>[B, 1]</c>.
    /// </summary>
    private OnnxValue NegativeEvidence()
    {
        OnnxPosterior posterior = definition.Bottleneck.ExportPosterior(Encoded, CodeSize)!;
        OnnxValue codes = posterior.Sample(Noise()); // [S, 1, Z] to [S, B, Z]
        if (inputs.OneHot is { } oneHot)
            codes = codes.Beside(oneHot.With("Expand", Graph.Indices(draws, 1, 1)), axis: 2); // [S, B, Z + K]
        // [S B, D]
        OnnxValue output = OnnxDecoder.Output(definition,
            codes.Reshaped(-1, CodeSize + definition.Network.ConditionSize))
            .Reshaped(draws, -1, definition.Network.OutputSize); // [S, B, D]
        OnnxValue errors = Likelihood.SlotErrors(Array(Rows), Array(output)).Value.Mean(axis: 2); // [S, B, 1]
        OnnxValue logProbability = Likelihood
            .LogProbability(Array(errors), definition.Network.OutputSize, Find).Value.Mean(axis: 0)
            .Reshaped(-1, 1);
        return posterior.Divergence(definition.Objective.Prior!)!.Value - logProbability;
    }

    private OnnxValue Noise() =>
        Graph.Constant("noise", CommonNoise.Of(draws, CodeSize, seed).Numbers, draws, 1, CodeSize);
}
