using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Onnx;

/// <summary>An ONNX graph that is being written. Inputs and outputs are named from outside; no value within takes such a name.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of the dimension of the rows, of which there can be any number.</summary>
    private const string BatchName = "batch";

    private readonly Func<string, float[]> _numbers;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, OnnxValue> _weights = new(StringComparer.Ordinal);

    /// <param name="numbers">The numbers of a tensor of the model, by its name.</param>
    /// <param name="reserved">The names of inputs and outputs.</param>
    public OnnxGraph(Func<string, float[]> numbers, IEnumerable<string> reserved)
    {
        _numbers = numbers;
        _names = new HashSet<string>(reserved, StringComparer.Ordinal);
    }

    /// <summary>What was written so far.</summary>
    public GraphProto Proto { get; } = new() { Name = "autoencoder" };

    /// <summary>An input, <c>[B, size]</c>.</summary>
    public OnnxValue Input(string name, DataType type, long size)
    {
        Proto.Input.Add(Describe(name, type, size));
        return new OnnxValue(this, name);
    }

    /// <summary>Gives a value, <c>[B, size]</c>, out under a name.</summary>
    public void Output(string name, DataType type, long size, OnnxValue value)
    {
        Proto.Node.Add(new NodeProto { Name = name, OpType = "Identity", Input = { value.Name }, Output = { name } });
        Proto.Output.Add(Describe(name, type, size));
    }

    /// <summary>A node with one result.</summary>
    public OnnxValue Add(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = Unused(operation);
        var node = new NodeProto { Name = name, OpType = operation, Output = { name } };
        foreach (OnnxValue input in inputs)
            node.Input.Add(input.Name);
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        Proto.Node.Add(node);
        return new OnnxValue(this, name);
    }

    /// <summary>A tensor of the model, written once however often it is asked for.</summary>
    public OnnxValue Weight(string name, params long[] shape)
    {
        if (!_weights.TryGetValue(name, out OnnxValue weight))
            _weights.Add(name, weight = Constant(name, _numbers(name), shape));
        return weight;
    }

    /// <summary>A number, which is spread over whatever it meets.</summary>
    public OnnxValue Constant(float value) => Constant("constant", [value]);

    /// <summary>A tensor that is the same for all rows.</summary>
    public OnnxValue Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Store(name, DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A list of whole numbers.</summary>
    public OnnxValue Indices(params ReadOnlySpan<long> values) => Store("indices", DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    private OnnxValue Store(string name, DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> shape)
    {
        string unused = Unused(name);
        Proto.Initializer.Add(new TensorProto { Name = unused, DataType = type, Dims = { shape.ToArray() }, RawData = ByteString.CopyFrom(bytes) });
        return new OnnxValue(this, unused);
    }

    private string Unused(string name)
    {
        string unused = name;
        for (int i = 2; !_names.Add(unused); i++)
            unused = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        return unused;
    }

    private static ValueInfoProto Describe(string name, DataType type, long size) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = type,
                Shape = new TensorShapeProto
                {
                    Dim = { new TensorShapeProto.Types.Dimension { DimParam = BatchName }, new TensorShapeProto.Types.Dimension { DimValue = size } },
                },
            },
        },
    };
}
