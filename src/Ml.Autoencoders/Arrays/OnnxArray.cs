using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Arrays;

/// <summary>Values of an ONNX graph that is being written: each operation becomes a node, or a few.</summary>
/// <param name="Value">The value.</param>
/// <param name="Shape">Its sizes, of which -1 is that of the rows, of which there can be any number.</param>
internal readonly record struct OnnxArray(OnnxValue Value, params long[] Shape) : IArray<OnnxArray>
{
    public static OnnxArray operator +(OnnxArray left, OnnxArray right) =>
        left.Broadcast(left.Value + right.Value, right);

    public static OnnxArray operator -(OnnxArray left, OnnxArray right) =>
        left.Broadcast(left.Value - right.Value, right);

    public static OnnxArray operator *(OnnxArray left, OnnxArray right) =>
        left.Broadcast(left.Value * right.Value, right);

    public static OnnxArray operator /(OnnxArray left, OnnxArray right) =>
        left.Broadcast(left.Value / right.Value, right);

    public static OnnxArray operator +(OnnxArray left, double right) => left.Like(left.Value + (float)right);
    public static OnnxArray operator -(OnnxArray left, double right) => left.Like(left.Value - (float)right);
    public static OnnxArray operator *(OnnxArray left, double right) => left.Like(left.Value * (float)right);
    public static OnnxArray operator /(OnnxArray left, double right) => left.Like(left.Value / (float)right);
    public static OnnxArray operator -(OnnxArray value) => value.To("Neg");
    public OnnxArray Exp() => To("Exp");

    /// <summary>There is no operator that keeps the digits near 0.</summary>
    public OnnxArray Expm1() => Exp() - 1;
    public OnnxArray Log() => To("Log");
    public OnnxArray Sqrt() => To("Sqrt");
    public OnnxArray Abs() => To("Abs");
    public OnnxArray Asinh() => To("Asinh");
    public OnnxArray Squared() => Like(Value.Squared());
    public OnnxArray MinusOver(OnnxArray offset, OnnxArray scale) => (this - offset) / scale;
    public OnnxArray TimesPlus(OnnxArray scale, OnnxArray offset) => this * scale + offset;
    public OnnxArray SquaredDistance(OnnxArray other) => (other - this).Squared();
    public OnnxArray Clamped(double least, double most) => Like(Value.Clamped((float)least, (float)most));
    public OnnxArray AtLeast(double least) => Like(Value.With("Max", Graph.Constant((float)least)));
    public OnnxArray Relu() => To("Relu");

    public OnnxArray LeakyRelu(double slope) =>
        Like(Value.To("LeakyRelu", OnnxAttribute.Of("alpha", (float)slope)));

    public OnnxArray Elu(ForwardMode mode) => To("Elu");

    /// <summary>There is no such operator before version 20.</summary>
    public OnnxArray Gelu() => ((this / Math.Sqrt(2)).To("Erf") + 1) * this * 0.5;
    public OnnxArray Tanh() => To("Tanh");
    public OnnxArray Sigmoid(ForwardMode mode) => To("Sigmoid");
    public OnnxArray Silu(ForwardMode mode) => this * Sigmoid(mode);
    public OnnxArray CrossEntropyWithLogits(OnnxArray target) => Relu() - target * this + (-Abs()).To("Softplus");

    public static OnnxArray Fold(OnnxArray? start, int count, Func<OnnxArray?, int, int, OnnxArray> step) =>
        step(start, 0, count);

    public int Rank => Shape.Length;

    public long Size(int dimension) => Shape[Index(dimension)];

    public OnnxArray Constant(float[] numbers, params long[] shape) =>
        new(Graph.Constant("constant", numbers, shape), shape);

    public OnnxArray Sum(int dimension, bool keep = false)
    {
        int index = Index(dimension);
        OnnxArray sum = new(Value.Sum(index), [.. Shape[..index], 1, .. Shape[(index + 1)..]]);
        return keep ? sum : sum.Reshape([.. Shape[..index], .. Shape[(index + 1)..]]);
    }

    public OnnxArray Max(int dimension)
    {
        int index = Index(dimension);
        return new(Value.To("ReduceMax", OnnxAttribute.Of("axes", [index])),
            [.. Shape[..index], 1, .. Shape[(index + 1)..]]);
    }

    public OnnxArray ArgMin(int dimension) => ArgMost("ArgMin", dimension);

    public OnnxArray ArgMax(int dimension) => ArgMost("ArgMax", dimension);

    public OnnxArray CrossEntropyOfClasses(OnnxArray classes)
    {
        long size = Shape[^1];
        OnnxValue numbers = Graph.Indices([.. Enumerable.Range(1, (int)size).Select(number => (long)number)]);
        // [...] to [..., V]: nothing is 1 where the class is 0.
        OnnxArray ofClasses = classes.Reshape([.. classes.Shape, 1]);
        OnnxArray oneHot = new(ofClasses.Value.Cast(DataType.Int64).With("Equal", numbers).Cast(DataType.Float),
            [.. classes.Shape, size]);
        return -(LogSoftmax() * oneHot).Sum(-1);
    }

    /// <summary>ln of the softmax over the last dimension; with its number, the operator means the same in every
    /// version.</summary>
    private OnnxArray LogSoftmax() => Like(Value.To("LogSoftmax", OnnxAttribute.Of("axis", Rank - 1)));

    private OnnxArray ArgMost(string name, int dimension)
    {
        int index = Index(dimension);
        return new(Value.To(name, OnnxAttribute.Of("axis", index), OnnxAttribute.Of("keepdims", 0)),
            [.. Shape[..index], .. Shape[(index + 1)..]]);
    }

    public OnnxArray Reshape(params long[] shape) => new(Value.Reshaped(shape), shape);

    public OnnxArray Flatten() => new(Value.To("Flatten", OnnxAttribute.Of("axis", 1)), Shape[0],
        Shape[1..].Aggregate(1L, (product, size) => product * size));

    public OnnxArray Permute(params long[] dimensions)
    {
        long[] shape = Shape;
        return new(Value.Permuted(dimensions), [.. dimensions.Select(dimension => shape[dimension])]);
    }

    public (OnnxArray First, OnnxArray Second) Halves()
    {
        long size = Shape[1] / 2;
        return (Narrow(1, 0, size), Narrow(1, size, size));
    }

    public OnnxArray Narrow(int dimension, long start, long count)
    {
        int index = Index(dimension);
        if (Joined?.Find(index, start, count) is { } part)
            return part;
        return new(Value.Part(index, start, count), [.. Shape[..index], count, .. Shape[(index + 1)..]]);
    }

    public OnnxArray Concat(OnnxArray other, int dimension)
    {
        int index = Index(dimension);
        return new(Value.Beside(other.Value, index),
            [.. Shape[..index], Shape[index] + other.Shape[index], .. Shape[(index + 1)..]])
        {
            Joined = new(this, other, index),
        };
    }

    public static OnnxArray Concat(IReadOnlyList<OnnxArray> parts, int dimension)
    {
        int index = parts[0].Index(dimension);
        long[] shape = parts[0].Shape;
        return new(parts[0].Graph.Add("Concat", [.. parts.Select(part => part.Value)],
            OnnxAttribute.Of("axis", index)),
            [.. shape[..index], parts.Sum(part => part.Shape[index]), .. shape[(index + 1)..]]);
    }

    public OnnxArray Expand(params long[] shape)
    {
        int added = shape.Length - Shape.Length;
        long[] own = Shape;
        return new(Value.With("Expand", Graph.Indices([.. shape.Select(size => Math.Max(size, 1))])),
            [.. shape.Select((size, i) => size < 0 ? own[i - added] : size)]);
    }

    public OnnxArray Detach() => this;
    public OnnxArray IsBelow(double bound) => Like(Value.With("Less", Graph.Constant((float)bound)));
    public OnnxArray IsNaN() => To("IsNaN");
    public OnnxArray IsMissing() => new(Value.To("IsNaN").With("Or", Value.IsInfinite()).Any(), Shape[0], 1);
    public bool IsHeld(long start, double least, double most) => false;
    public OnnxArray Masked(OnnxArray mask, double number) => Like(Value.Masked(mask.Value, (float)number));

    public OnnxArray Masked(OnnxArray mask, OnnxArray others) =>
        Like(mask.Value.With("Where", others.Value, Value));

    public OnnxArray AsNumbers() => Like(Value.Cast(DataType.Float));

    public OnnxArray OneHot(long count) =>
        new(Value.Cast(DataType.Int64).With("OneHot", Graph.Indices(count), Graph.Constant("values", [0, 1], 2)),
            [.. Shape, count]);

    public OnnxArray Rows(OnnxArray indices) => new(Value.With("Gather", indices.Value), indices.Shape[0], Shape[1]);
    public OnnxArray Product(OnnxArray other) => new(Value.With("MatMul", other.Value), Shape[0], other.Shape[1]);

    public OnnxArray Linear(OnnxArray weight, OnnxArray bias, ForwardMode mode) =>
        new(Graph.Add("Gemm", [Value, weight.Value, bias.Value], OnnxAttribute.Of("transB", 1)),
            Shape[0], weight.Shape[0]);

    public OnnxArray Convolve(OnnxArray kernel, OnnxArray bias, long[] strides, long[] padding, ForwardMode mode)
    {
        (long[] sides, long[] sizes) = (kernel.Shape[2..], Shape[2..]);
        return new(Graph.Add("Conv", [Value, kernel.Value, bias.Value], OnnxAttribute.Of("kernel_shape", sides),
            OnnxAttribute.Of("strides", strides), OnnxAttribute.Of("pads", [.. padding, .. padding])),
            [Shape[0], kernel.Shape[0], .. sizes.Select((size, axis) =>
                (size + 2 * padding[axis] - sides[axis]) / strides[axis] + 1)]);
    }

    public OnnxArray ConvolveTransposed(OnnxArray kernel, OnnxArray bias, long[] strides, long[] padding,
        long[] outputPadding)
    {
        (long[] sides, long[] sizes) = (kernel.Shape[2..], Shape[2..]);
        return new(Graph.Add("ConvTranspose", [Value, kernel.Value, bias.Value],
            OnnxAttribute.Of("kernel_shape", sides), OnnxAttribute.Of("strides", strides),
            OnnxAttribute.Of("pads", [.. padding, .. padding]), OnnxAttribute.Of("output_padding", outputPadding)),
            [Shape[0], kernel.Shape[1], .. sizes.Select((size, axis) =>
                (size - 1) * strides[axis] - 2 * padding[axis] + sides[axis] + outputPadding[axis])]);
    }

    public OnnxArray ConvolveCausally(OnnxArray kernel, OnnxArray bias, long dilation, ForwardMode mode)
    {
        (long taps, long met) = (kernel.Shape[2], Causality.TapsThatMeet(kernel.Shape[2], dilation, Shape[2]));
        if (met < taps)
            kernel = kernel.Narrow(2, taps - met, met);
        return new(Graph.Add("Conv", [Value, kernel.Value, bias.Value], OnnxAttribute.Of("kernel_shape", [met]),
            OnnxAttribute.Of("dilations", [dilation]), OnnxAttribute.Of("pads", [(met - 1) * dilation, 0])),
            Shape[0], kernel.Shape[0], Shape[2]);
    }

    public OnnxArray Recurrent(RecurrentCell cell, IReadOnlyList<OnnxArray> states, IReadOnlyList<OnnxArray> weights,
        ForwardMode mode)
    {
        (int directions, long units) = (weights.Count / Recurrence.Tensors, weights[1].Size(1));
        OnnxArray[] ordered = [.. weights.Select(weight => Ordered(weight, cell))];
        IEnumerable<OnnxArray[]> each = ordered.Chunk(Recurrence.Tensors);
        OnnxArray[] inputs =
        [
            this,
            Stacked(each.Select(own => own[0])),
            Stacked(each.Select(own => own[1])),
            Stacked(each.Select(own => own[2].Concat(own[3], 0))),
            .. states.Count == 0 ? Array.Empty<OnnxArray>() : [Like(Graph.Absent), .. states],
        ];
        List<AttributeProto> attributes = [OnnxAttribute.Of("hidden_size", units)];
        if (directions == 2)
            attributes.Add(OnnxAttribute.Of("direction", "bidirectional"));
        if (cell == RecurrentCell.Gru)
            attributes.Add(OnnxAttribute.Of("linear_before_reset", 1));
        OnnxArray shown = new(Graph.Add(cell == RecurrentCell.Gru ? "GRU" : "LSTM",
            [.. inputs.Select(input => input.Value)], [.. attributes]),
            Shape[0], directions, Shape[1], units);                                   // [T, D, B, H]
        return shown.Permute(0, 2, 1, 3).Reshape(Shape[0], -1, directions * units);
    }

    /// <summary>Gates in ONNX's order: i, o, f, g, or z, r, n.</summary>
    private static OnnxArray Ordered(OnnxArray weight, RecurrentCell cell)
    {
        int[] order = cell == RecurrentCell.Gru ? [1, 0, 2] : [0, 3, 1, 2];
        long units = weight.Size(0) / order.Length;
        return Concat([.. order.Select(gate => weight.Narrow(0, gate * units, units))], 0);
    }

    /// <summary>Arrays in a dimension before theirs.</summary>
    private static OnnxArray Stacked(IEnumerable<OnnxArray> arrays) =>
        Concat([.. arrays.Select(array => array.Reshape([1, .. array.Shape]))], 0);

    public OnnxArray BatchNorm(OnnxArray scale, OnnxArray shift, OnnxArray mean, OnnxArray variance, double momentum,
        double epsilon, ForwardMode mode) =>
        Like(Graph.Add("BatchNormalization", [Value, scale.Value, shift.Value, mean.Value, variance.Value],
            OnnxAttribute.Of("epsilon", (float)epsilon)));

    public OnnxArray LayerNorm(OnnxArray scale, OnnxArray shift, double epsilon) =>
        Like(Value.LayerNorm(scale.Value, shift.Value, (float)epsilon, Shape.Length - scale.Shape.Length));

    public OnnxArray Dropout(float rate, ForwardMode mode) => this;

    public OnnxArray Dropped(float rate, ForwardMode mode) => this;

    /// <summary>What it was made of, where two were put side by side.</summary>
    private Pair? Joined { get; init; }

    private OnnxGraph Graph => Value.Graph;
    private OnnxArray To(string operation) => Like(Value.To(operation));
    private OnnxArray Like(OnnxValue value) => new(value, Shape);
    private int Index(int dimension) => dimension < 0 ? Shape.Length + dimension : dimension;

    /// <summary>The result of this and another, of which the one that has fewer dimensions, or a size of 1, is
    /// repeated.</summary>
    private OnnxArray Broadcast(OnnxValue result, OnnxArray other)
    {
        (long[] longer, long[] shorter) = Shape.Length >= other.Shape.Length
            ? (Shape, other.Shape) : (other.Shape, Shape);
        long[] sizes = [.. longer];
        for (int i = 1; i <= shorter.Length; i++)
        {
            if (sizes[^i] == 1)
                sizes[^i] = shorter[^i];
        }
        return new(result, sizes);
    }

    /// <summary>Two side by side.</summary>
    private sealed record Pair(OnnxArray First, OnnxArray Second, int Dimension)
    {
        /// <summary>The one that is a part; null where neither is.</summary>
        public OnnxArray? Find(int dimension, long start, long count)
        {
            long size = First.Shape[Dimension];
            return dimension != Dimension ? null
                : (start, count) == (0, size) ? First
                : (start, count) == (size, Second.Shape[Dimension]) ? Second
                : null;
        }
    }
}
