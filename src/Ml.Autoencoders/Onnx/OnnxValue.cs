using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Onnx;

/// <summary>A tensor of a graph that is being written: what is done to it becomes a node.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Name">Its name there.</param>
internal readonly record struct OnnxValue(OnnxGraph Graph, string Name)
{
    public static OnnxValue operator +(OnnxValue left, OnnxValue right) => left.With("Add", right);

    public static OnnxValue operator -(OnnxValue left, OnnxValue right) => left.With("Sub", right);

    public static OnnxValue operator *(OnnxValue left, OnnxValue right) => left.With("Mul", right);

    public static OnnxValue operator /(OnnxValue left, OnnxValue right) => left.With("Div", right);

    public static OnnxValue operator +(OnnxValue left, float right) => left + left.Graph.Constant(right);

    public static OnnxValue operator -(OnnxValue left, float right) => left - left.Graph.Constant(right);

    public static OnnxValue operator *(OnnxValue left, float right) => left * left.Graph.Constant(right);

    public static OnnxValue operator /(OnnxValue left, float right) => left / left.Graph.Constant(right);

    /// <summary>An operation of this value alone.</summary>
    public OnnxValue To(string operation, params ReadOnlySpan<AttributeProto> attributes) =>
        Graph.Add(operation, [this], attributes);

    /// <summary>An operation of this value and others.</summary>
    public OnnxValue With(string operation, params ReadOnlySpan<OnnxValue> others) =>
        Graph.Add(operation, [this, .. others]);

    public OnnxValue Squared() => this * this;

    /// <summary>The nearest numbers within bounds.</summary>
    public OnnxValue Clamped(float least, float greatest) => Graph.Version >= OnnxOperators.Clip
        ? With("Clip", Graph.Constant(least), Graph.Constant(greatest))
        : With("Max", Graph.Constant(least)).With("Min", Graph.Constant(greatest));

    /// <summary>
    /// The same numbers in another shape, of which -1 is the size that is left, and 0 the current one.
    /// </summary>
    public OnnxValue Reshaped(params ReadOnlySpan<long> shape) => With("Reshape", Graph.Indices(shape));

    /// <summary>The dimensions in another order.</summary>
    public OnnxValue Permuted(params long[] dimensions) => To("Transpose", OnnxAttribute.Of("perm", dimensions));

    /// <summary>A part of a dimension.</summary>
    public OnnxValue Part(long axis, long start, long count)
    {
        if (Graph.Version >= OnnxOperators.Slice)
            return With("Slice", Graph.Indices(start), Graph.Indices(start + count), Graph.Indices(axis));
        OnnxValue places = Graph.Indices([.. Enumerable.Range(0, (int)count).Select(i => start + i)]);
        return Graph.Add("Gather", [this, places], OnnxAttribute.Of("axis", axis));
    }

    /// <summary>This and other values side by side.</summary>
    public OnnxValue Beside(OnnxValue other, long axis) =>
        Graph.Add("Concat", [this, other], OnnxAttribute.Of("axis", axis));

    /// <summary>The sum over a dimension, which remains with a size of 1.</summary>
    public OnnxValue Sum(long axis) => Graph.Version >= OnnxOperators.ReduceSum
        ? With("ReduceSum", Graph.Indices(axis))
        : To("ReduceSum", OnnxAttribute.Of("axes", [axis]));

    /// <summary>The mean over a dimension, which remains with a size of 1.</summary>
    public OnnxValue Mean(long axis) => To("ReduceMean", OnnxAttribute.Of("axes", [axis]));

    /// <summary>Each row to mean 0 and variance 1, then scaled and shifted per number; or each part of it from an axis
    /// on.</summary>
    /// <param name="scale">As many numbers as a row, in its shape.</param>
    /// <param name="shift">As many numbers as a row, in its shape.</param>
    /// <param name="epsilon">What the variance is raised by.</param>
    /// <param name="axis">The dimension that a row, or its part, begins with.</param>
    public OnnxValue LayerNorm(OnnxValue scale, OnnxValue shift, float epsilon, long axis = 1)
    {
        if (Graph.Version >= OnnxOperators.LayerNormalization)
        {
            return Graph.Add("LayerNormalization", [this, scale, shift], OnnxAttribute.Of("axis", axis),
                OnnxAttribute.Of("epsilon", epsilon));
        }
        OnnxValue rows = To("Flatten", OnnxAttribute.Of("axis", axis)); // [B, ...] to [B, n]
        OnnxValue centered = rows - rows.Mean(axis: 1);
        OnnxValue normal = centered / (centered.Squared().Mean(axis: 1) + epsilon).To("Sqrt");
        return normal.With("Reshape", To("Shape")) * scale + shift;
    }

    /// <summary>Whether each number is infinite.</summary>
    public OnnxValue IsInfinite() => Graph.Version >= OnnxOperators.IsInf
        ? To("IsInf")
        : To("Abs").With("Greater", Graph.Constant(float.MaxValue));

    /// <summary>Whether any number of a row is not 0: <c>[B, n]</c>, of any type, to booleans, <c>[B, 1]</c>.</summary>
    public OnnxValue Any() => Cast(DataType.Float).To("ReduceMax", OnnxAttribute.Of("axes", [1])).Cast(DataType.Bool);

    public OnnxValue Cast(DataType type) => To("Cast", OnnxAttribute.Of("to", (long)type));

    /// <summary>A number in place of those where a boolean is true.</summary>
    public OnnxValue Masked(OnnxValue mask, float replacement) => mask.With("Where", Graph.Constant(replacement), this);
}
