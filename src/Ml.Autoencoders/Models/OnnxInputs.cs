using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Onnx;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Models;

/// <summary>What a graph reads: rows or codes, and their labels where there is a condition.</summary>
/// <param name="Values"><c>[B, n]</c>, 0 where they are missing.</param>
/// <param name="OneHot">The labels as one-hot numbers, <c>[B, K]</c>.</param>
/// <param name="IsMissing">Whether a row holds a missing value that it must not hold, or has no label that is known,
/// <c>[B, 1]</c>; null where none can be so.</param>
internal readonly record struct OnnxInputs(OnnxArray Values, OnnxArray? OneHot, OnnxValue? IsMissing)
{
    /// <summary>Where values are missing, as booleans, <c>[B, n]</c>; null where rows must not miss any.</summary>
    public OnnxArray? Gaps { get; private init; }

    /// <param name="values">Rows or codes.</param>
    /// <param name="keys">The labels as ML.NET's keys have them, from 1 on, <c>[B, 1]</c>; null where there
    /// is no condition.</param>
    /// <param name="condition">The labels that there are; null where there is no condition.</param>
    /// <param name="mayHaveGaps">Whether rows may miss values.</param>
    /// <param name="areWindows">Whether a row that misses all of them has no window.</param>
    public static OnnxInputs Of(OnnxArray values, OnnxValue? keys, Condition? condition, bool mayHaveGaps = false,
        bool areWindows = false)
    {
        OnnxValue isNaN = values.Value.To("IsNaN");
        OnnxValue? isMissing = !mayHaveGaps ? isNaN.Any()
            : areWindows ? isNaN.To("Not").Any().To("Not")
            : null;
        OnnxArray? gaps = mayHaveGaps ? new OnnxArray(isNaN, values.Shape) : null;
        values = new OnnxArray(values.Value.Masked(isNaN, 0), values.Shape);
        return Labeled(values, gaps, isMissing, keys, condition);
    }

    /// <summary>Those of rows of keys, which may be missing.</summary>
    /// <param name="tokens">The keys as ML.NET has them, <c>[B, T]</c>; beyond the greatest they are missing.</param>
    /// <param name="classes">Different keys, V.</param>
    /// <param name="keys">The labels; null where there is no condition.</param>
    /// <param name="condition">The labels that there are; null where there is no condition.</param>
    public static OnnxInputs OfTokens(OnnxArray tokens, int classes, OnnxValue? keys, Condition? condition)
    {
        OnnxValue numbers = tokens.Value.Cast(DataType.Float);
        OnnxValue isBeyond = numbers.With("Greater", numbers.Graph.Constant((float)classes));
        return Labeled(new OnnxArray(numbers.Masked(isBeyond, 0), tokens.Shape), null, null, keys, condition);
    }

    private static OnnxInputs Labeled(OnnxArray values, OnnxArray? gaps, OnnxValue? isMissing, OnnxValue? keys,
        Condition? condition)
    {
        if (keys is not { } given || condition is null)
            return new OnnxInputs(values, null, isMissing) { Gaps = gaps };
        int count = condition.Labels.Count;
        OnnxGraph graph = values.Value.Graph;
        OnnxValue numbers = graph.Indices([.. Enumerable.Range(1, count).Select(key => (long)key)]);
        // [B, 1], [K] to [B, K]
        OnnxValue oneHot = given.Cast(DataType.Int64).With("Equal", numbers).Cast(DataType.Float);
        OnnxValue known = graph.Constant("labels.known",
            [.. Enumerable.Range(0, count).Select(label => condition.Knows(label) ? 1f : 0)], count);
        OnnxValue isKnown = (oneHot * known).Any();
        OnnxValue isUnknown = isKnown.To("Not");
        return new OnnxInputs(values, new OnnxArray(oneHot, -1, count), isMissing?.With("Or", isUnknown) ?? isUnknown)
        {
            Gaps = gaps,
        };
    }

    /// <summary>The model's own numbers, in the graph.</summary>
    public OnnxArray Find(string name, params long[] shape) => new(Values.Value.Graph.Weight(name, shape), shape);

    /// <summary>Missing values where the row is missing.</summary>
    public OnnxValue OrMissing(OnnxValue value) => OrInstead(value, float.NaN);

    /// <summary>Another number where the row is missing.</summary>
    public OnnxValue OrInstead(OnnxValue value, float number) =>
        IsMissing is { } isMissing ? value.Masked(isMissing, number) : value;
}
