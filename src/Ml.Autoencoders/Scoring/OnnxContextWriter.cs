using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Ml.Autoencoders.Onnx.Protocol;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;

namespace Ml.Autoencoders.Scoring;

/// <summary>Adds a graph to the one that ML.NET's own export is writing.</summary>
/// <remarks>There every value has the name of a column, or one like it, and the name of a value that is not a column
/// would be taken for a column's. So inner values get names that nothing has, and the export forgets them as
/// columns.</remarks>
internal sealed class OnnxContextWriter(OnnxContext context)
{
    /// <summary>The names in the export, by those in the graph.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal) { [""] = "" };

    /// <summary>Makes a column the input of a graph.</summary>
    /// <param name="name">The input's name in the graph, where it is <c>[B, size]</c>.</param>
    /// <param name="column">The column. The export gives it the dimensions that it has, and sometimes more.</param>
    /// <param name="size">Numbers per row.</param>
    public void Input(string name, DataViewSchema.Column column, long size) =>
        _names.Add(name, Column(column, size, name));

    /// <summary>A column as <c>[B, size]</c>.</summary>
    /// <param name="column">The column. The export gives it the dimensions that it has, and sometimes more.</param>
    /// <param name="size">Numbers per row.</param>
    /// <param name="name">What the value is called, or like it.</param>
    public string Column(DataViewSchema.Column column, long size, string name = "rows") =>
        Reshaped(context.GetVariableName(column.Name), Inner(name), [-1, size]);

    /// <summary>A column of vectors of unknown size as <c>[B, longest]</c>.</summary>
    public string Column(DataViewSchema.Column column) =>
        Reshaped(context.GetVariableName(column.Name), Inner("rows"), [0, -1]);

    /// <summary>Makes a value of the graph a column.</summary>
    /// <param name="name">The value's name in the graph, where it is <c>[B, size]</c>.</param>
    /// <param name="column">The column, whose dimensions it gets.</param>
    public void Output(string name, DataViewSchema.Column column) => Column(column, _names[name]);

    /// <summary>Makes a value in the export, which is <c>[B, size]</c>, a column.</summary>
    public void Column(DataViewSchema.Column column, string value)
    {
        string variable = context.AddIntermediateVariable(column.Type, column.Name);
        if (column.Type is VectorDataViewType { Dimensions: { Length: > 1 } dimensions })
            Reshaped(value, variable, [-1, .. dimensions.Select(size => (long)size)]);
        else
            Node("Identity", [value], variable);
    }

    /// <summary>Adds one operation; returns the name of what it computes.</summary>
    public string Add(string operation, IEnumerable<string> inputs, Action<OnnxNode>? attributes = null,
        string domain = "")
    {
        string output = Inner(operation);
        OnnxNode node = Node(operation, inputs, output, domain);
        attributes?.Invoke(node);
        return output;
    }

    /// <summary>Adds numbers that are always the same; returns their name.</summary>
    public string Constant(float[] values, long[] sizes) =>
        Constant(name => context.AddInitializer(values, sizes, name));

    /// <inheritdoc cref="Constant(float[], long[])"/>
    public string Constant(double[] values, long[] sizes) =>
        Constant(name => context.AddInitializer(values, sizes, name));

    /// <inheritdoc cref="Constant(float[], long[])"/>
    public string Constant(long[] values, long[] sizes) =>
        Constant(name => context.AddInitializer(values, sizes, name));

    /// <summary>Adds what a graph computes, whose inputs were added before.</summary>
    public void Add(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
            _names.Add(tensor.Name, Add(tensor));
        foreach (NodeProto node in graph.Node)
        {
            string output = node.Output.Single();
            _names.Add(output, Inner(output));
            OnnxNode added = Node(node.OpType, node.Input.Select(input => _names[input]), _names[output]);
            foreach (AttributeProto attribute in node.Attribute)
                Add(added, attribute);
        }
    }

    private static void Add(OnnxNode node, AttributeProto attribute)
    {
        switch (attribute.Type)
        {
            case AttributeProto.Types.AttributeType.Float:
                node.AddAttribute(attribute.Name, (double)attribute.F);
                break;
            case AttributeProto.Types.AttributeType.Int:
                node.AddAttribute(attribute.Name, attribute.I);
                break;
            case AttributeProto.Types.AttributeType.Ints:
                node.AddAttribute(attribute.Name, attribute.Ints);
                break;
            case AttributeProto.Types.AttributeType.String:
                node.AddAttribute(attribute.Name, attribute.S.ToStringUtf8());
                break;
            default:
                throw new UnreachableException();
        }
    }

    private string Add(TensorProto tensor)
    {
        string name = Unused(tensor.Name);
        switch (tensor.DataType)
        {
            case DataType.Float when tensor.Dims.Count == 0:
                context.AddInitializer(Numbers<float>(tensor)[0], name);
                break;
            case DataType.Float:
                context.AddInitializer(Numbers<float>(tensor), tensor.Dims, name);
                break;
            case DataType.Int64:
                context.AddInitializer(Numbers<long>(tensor), tensor.Dims, name);
                break;
            default:
                throw new UnreachableException();
        }
        return Forgotten(name);
    }

    private static T[] Numbers<T>(TensorProto tensor) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(tensor.RawData.Span).ToArray();

    /// <summary>The same numbers under another name in another shape; returns the name.</summary>
    private string Reshaped(string value, string name, long[] shape)
    {
        string sizes = Unused("shape");
        context.AddInitializer(shape, [shape.Length], sizes);
        Node("Reshape", [value, Forgotten(sizes)], name);
        return name;
    }

    private OnnxNode Node(string operation, IEnumerable<string> inputs, string output, string domain = "") =>
        context.CreateNode(operation, inputs, [output], context.GetNodeName(operation), domain);

    private string Constant(Action<string> add)
    {
        string name = Unused("constant");
        add(name);
        return Forgotten(name);
    }

    /// <summary>Adds a value that is not a column, whose shape the runtime finds.</summary>
    private string Inner(string name)
    {
        name = Unused(name);
        context.AddIntermediateVariable(NumberDataViewType.Single, name, skip: true);
        return Forgotten(name);
    }

    /// <summary>A name like the one given that neither a column nor a value has.</summary>
    private string Unused(string name)
    {
        string unused = name;
        for (int i = 2; context.ContainsColumn(unused) || context.IsVariableDefined(unused); i++)
            unused = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        return unused;
    }

    /// <summary>What was added as a column is not one.</summary>
    private string Forgotten(string name)
    {
        context.RemoveColumn(name);
        return name;
    }
}
