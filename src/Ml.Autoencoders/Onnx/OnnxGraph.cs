using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Onnx;

/// <summary>
/// An ONNX graph that is being written. Inputs and outputs are named from outside; no inner value takes such a name.
/// What was written once is not written again: the same node, constant or weight is the same value.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of the dimension of the rows, of which there can be any number.</summary>
    private const string BatchName = "batch";

    private readonly Func<string, float[]> _numbers;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, OnnxValue> _written = new(StringComparer.Ordinal);

    /// <param name="numbers">The numbers of a tensor of the model, by its name.</param>
    /// <param name="reserved">The names of inputs and outputs.</param>
    /// <param name="version">The version of the operators.</param>
    public OnnxGraph(Func<string, float[]> numbers, IEnumerable<string> reserved, int version = OnnxOperators.OfFiles)
    {
        Version = version;
        _numbers = numbers;
        _names = new HashSet<string>(reserved, StringComparer.Ordinal);
    }

    /// <summary>
    /// The version of the operators, of which what is done to a value takes those that there are.
    /// </summary>
    public int Version { get; }

    /// <summary>What was written so far.</summary>
    public GraphProto Proto { get; } = new() { Name = "autoencoder" };

    /// <summary>What was written, without what nothing needs.</summary>
    /// <param name="wanted">Values that are needed besides the outputs.</param>
    public GraphProto Finish(params IEnumerable<OnnxValue> wanted)
    {
        var needed = new HashSet<string>([.. Proto.Output.Select(output => output.Name),
            .. wanted.Select(value => value.Name)], StringComparer.Ordinal);
        for (int i = Proto.Node.Count - 1; i >= 0; i--)
        {
            if (Proto.Node[i].Output.Any(needed.Contains))
                needed.UnionWith(Proto.Node[i].Input);
            else
                Proto.Node.RemoveAt(i);
        }
        for (int i = Proto.Initializer.Count - 1; i >= 0; i--)
        {
            if (!needed.Contains(Proto.Initializer[i].Name))
                Proto.Initializer.RemoveAt(i);
        }
        return Proto;
    }

    /// <summary>An input, <c>[B, size]</c>.</summary>
    public OnnxValue Input(string name, DataType type, long size)
    {
        Proto.Input.Add(Describe(name, type, size));
        return new OnnxValue(this, name);
    }

    /// <summary>An output: a value, <c>[B, size]</c>, under a name.</summary>
    public void Output(string name, DataType type, long size, OnnxValue value) => Output(name, type, [size], value);

    /// <summary>An output: a value, <c>[B, ...sizes]</c>, under a name.</summary>
    public void Output(string name, DataType type, ReadOnlySpan<long> sizes, OnnxValue value)
    {
        Proto.Node.Add(new NodeProto { Name = name, OpType = "Identity", Input = { value.Name }, Output = { name } });
        Proto.Output.Add(Describe(name, type, sizes));
    }

    /// <summary>A node with one result.</summary>
    public OnnxValue Add(string operation, ReadOnlySpan<OnnxValue> inputs,
        params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation };
        foreach (OnnxValue input in inputs)
            node.Input.Add(input.Name);
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        return Once(node.ToString(), operation, name =>
        {
            node.Name = name;
            node.Output.Add(name);
            Proto.Node.Add(node);
        });
    }

    /// <summary>What stands for an input that a node can do without.</summary>
    public OnnxValue Absent => new(this, "");

    /// <summary>A tensor of the model.</summary>
    public OnnxValue Weight(string name, params ReadOnlySpan<long> shape)
    {
        long[] sizes = shape.ToArray();
        return Once($"weight {name}", name,
            unused => Store(unused, DataType.Float, MemoryMarshal.AsBytes<float>(_numbers(name)), sizes));
    }

    /// <summary>A number, which is broadcast over what it is combined with.</summary>
    public OnnxValue Constant(float value) => Constant("constant", [value]);

    /// <summary>A tensor that is the same for all rows.</summary>
    public OnnxValue Constant(string name, float[] values, params long[] shape) =>
        Constant(name, DataType.Float, MemoryMarshal.AsBytes<float>(values).ToArray(), shape);

    /// <summary>A list of whole numbers.</summary>
    public OnnxValue Indices(params ReadOnlySpan<long> values) =>
        Constant("indices", DataType.Int64, MemoryMarshal.AsBytes(values).ToArray(), [values.Length]);

    private OnnxValue Constant(string name, DataType type, byte[] bytes, long[] shape) => Once(
        $"{type} [{string.Join(", ", shape)}] {Convert.ToHexString(bytes)}", name, unused =>
        Store(unused, type, bytes, shape));

    private void Store(string name, DataType type, ReadOnlySpan<byte> bytes, long[] shape) =>
        Proto.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = type,
            Dims = { shape },
            RawData = ByteString.CopyFrom(bytes),
        });

    /// <summary>What a description stands for; written under a name like the one given where it is new.</summary>
    private OnnxValue Once(string description, string name, Action<string> write)
    {
        if (_written.TryGetValue(description, out OnnxValue value))
            return value;
        value = new OnnxValue(this, Unused(name));
        write(value.Name);
        _written.Add(description, value);
        return value;
    }

    private string Unused(string name)
    {
        string unused = name;
        for (int i = 2; !_names.Add(unused); i++)
            unused = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        return unused;
    }

    private static ValueInfoProto Describe(string name, DataType type, params ReadOnlySpan<long> sizes)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = BatchName } } };
        foreach (long size in sizes)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } },
        };
    }
}
