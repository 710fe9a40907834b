using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Onnx;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Models;

/// <summary>What a graph reads: rows or codes, and their labels where there is a condition.</summary>
/// <param name="Values"><c>[B, n]</c>, 0 where they are missing.</param>
/// <param name="OneHot">The labels as one-hot numbers, <c>[B, K]</c>.</param>
/// <param name="IsMissing">Whether a row holds a missing value or has no label that is known, <c>[B, 1]</c>.</param>
internal readonly record struct OnnxInputs(OnnxArray Values, OnnxArray? OneHot, OnnxValue IsMissing)
{
    /// <param name="values">Rows or codes.</param>
    /// <param name="keys">The labels as ML.NET's keys have them, from 1 on, <c>[B, 1]</c>; null where there
    /// is no condition.</param>
    /// <param name="condition">The labels that there are; null where there is no condition.</param>
    public static OnnxInputs Of(OnnxArray values, OnnxValue? keys, Condition? condition)
    {
        OnnxValue isNaN = values.Value.To("IsNaN");
        OnnxValue isMissing = isNaN.Any();
        values = new OnnxArray(values.Value.Masked(isNaN, 0), values.Shape);
        if (keys is not { } given || condition is null)
            return new OnnxInputs(values, null, isMissing);
        int count = condition.Labels.Count;
        OnnxGraph graph = isNaN.Graph;
        OnnxValue numbers = graph.Indices([.. Enumerable.Range(1, count).Select(key => (long)key)]);
        // [B, 1], [K] to [B, K]
        OnnxValue oneHot = given.Cast(DataType.Int64).With("Equal", numbers).Cast(DataType.Float);
        OnnxValue known = graph.Constant("labels.known",
            [.. Enumerable.Range(0, count).Select(label => condition.Knows(label) ? 1f : 0)], count);
        OnnxValue isKnown = (oneHot * known).Any();
        return new OnnxInputs(values, new OnnxArray(oneHot, -1, count), isMissing.With("Or", isKnown.To("Not")));
    }

    /// <summary>The model's own numbers, in the graph.</summary>
    public OnnxArray Find(string name, params long[] shape) => new(Values.Value.Graph.Weight(name, shape), shape);

    /// <summary>Missing values where the row is missing.</summary>
    public OnnxValue OrMissing(OnnxValue value) => value.Masked(IsMissing, float.NaN);
}
