using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;

namespace Ml.Autoencoders.Models;

/// <summary>The way from codes to rows as nodes of an ONNX graph.</summary>
internal static class OnnxDecoder
{
    /// <summary>The rows that codes stand for: <c>[B, D']</c>, in the column's units.</summary>
    public static OnnxValue Decode(ModelDefinition definition, OnnxInputs codes) =>
        codes.OrMissing(InColumnUnits(definition,
        definition.Objective.Likelihood.ReconstructionOf(
            new OnnxArray(Output(definition, codes.Conditioned(codes.Values)), -1,
                definition.Network.OutputSize)).Value));

    /// <summary>
    /// What the likelihood takes from the decoder: codes with their labels, <c>[B, Z + K]</c>, to <c>[B, D']</c>.
    /// </summary>
    public static OnnxValue Output(ModelDefinition definition, OnnxValue codes)
    {
        LayerStack decoder = definition.Network.Decoder;
        if (definition.Objective.Likelihood.TakesLogits)
            decoder = new LayerStack(decoder.InputShape, [.. decoder.Layers.SkipLast(1)]);
        return decoder.Apply(new OnnxArray(codes, -1, decoder.InputShape.Count), NetworkPlan.DecoderName,
            (name, shape) => new OnnxArray(codes.Graph.Weight(name, shape), shape)).Value;
    }

    /// <summary>As <see cref="AutoencoderModel.InColumnUnits"/>.</summary>
    public static OnnxValue InColumnUnits(ModelDefinition definition, OnnxValue rows)
    {
        (string scaling, ImageFormat? image) = definition.Target is { } target
            ? (InputScaler.TargetName, target.Image)
            : (InputScaler.InputName, definition.Image);
        long size = definition.Network.OutputSize;
        if (definition.Scaling != InputScaling.None)
            rows = rows * rows.Graph.Weight(InputScaler.ScaleName(scaling),
                size) + rows.Graph.Weight(InputScaler.OffsetName(scaling), size);
        if (definition.Range is { } range)
            rows = rows.Clamped(range.Least, range.Greatest);
        return image?.FromPlanar(rows) ?? rows;
    }
}
