using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ml.Autoencoders.Tests;

/// <summary>A whole model as ML.NET's own export to ONNX writes it, in ONNX Runtime.</summary>
internal sealed class ConvertedModel : IDisposable
{
    /// <summary>The versions of operators that ML.NET's export takes.</summary>
    public const int Oldest = 9, Newest = 12;

    /// <summary>What ML.NET appends to the names of columns.</summary>
    private const string Suffix = ".output";

    private readonly InferenceSession _session;

    /// <param name="ml">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">What it takes.</param>
    /// <param name="version">The version of the operators.</param>
    public ConvertedModel(MLContext ml, ITransformer model, IDataView rows, int version)
    {
        using var stream = new MemoryStream();
        ml.Model.ConvertToOnnx(model, rows, version, stream);
        // What ML.NET writes for names of slots is used by nothing, of which ONNX Runtime warns.
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(stream.ToArray(), options);
    }

    /// <summary>The sizes of an output of one row, without the number of rows.</summary>
    public IEnumerable<int> Sizes(string column) => _session.OutputMetadata[column + Suffix].Dimensions.Skip(1);

    /// <summary>Columns of rows, as numbers.</summary>
    /// <param name="rows">What the model takes.</param>
    /// <param name="columns">Which columns.</param>
    public Dictionary<string, float[][]> Run(IDataView rows, params string[] columns)
    {
        NamedOnnxValue[] inputs = [.. _session.InputMetadata.Select(input => Input(rows, input.Key, input.Value))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            _session.Run(inputs, [.. columns.Select(column => column + Suffix)]);
        return outputs.ToDictionary(output => output.Name[..^Suffix.Length], Numbers, StringComparer.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    private static NamedOnnxValue Input(IDataView rows, string name, NodeMetadata input)
    {
        Assert.That(input.Dimensions[0], Is.EqualTo(-1), "any number of rows");
        if (input.ElementType == typeof(string))
            return Input(name, input, [.. rows.GetColumn<string>(name)], text => text);
        if (input.ElementType == typeof(double))
            return Scalars<double>(rows, name, input);
        if (input.ElementType == typeof(sbyte))
            return Scalars<sbyte>(rows, name, input);
        if (input.ElementType == typeof(byte))
            return Scalars<byte>(rows, name, input);
        if (input.ElementType == typeof(short))
            return Scalars<short>(rows, name, input);
        if (input.ElementType == typeof(ushort))
            return Scalars<ushort>(rows, name, input);
        if (input.ElementType == typeof(int))
            return Scalars<int>(rows, name, input);
        if (input.ElementType == typeof(ulong))
            return Scalars<ulong>(rows, name, input);
        if (input.ElementType == typeof(long))
            return rows.Schema[name].Type is VectorDataViewType
                ? Input(name, input, [.. rows.GetColumn<long[]>(name).SelectMany(row => row)], value => value)
                : Scalars<long>(rows, name, input);
        float[] numbers = [.. ColumnNumbers.Of(rows, name).SelectMany(row => row)];
        return input.ElementType == typeof(uint) ? Input(name, input, numbers, number => (uint)number)
            : input.ElementType == typeof(bool) ? Input(name, input, numbers, number => number > 0)
            : Input(name, input, numbers, number => number);
    }

    private static NamedOnnxValue Scalars<T>(IDataView rows, string name, NodeMetadata input) =>
        Input(name, input, [.. rows.GetColumn<T>(name)], value => value);

    private static NamedOnnxValue Input<T, TValue>(string name, NodeMetadata input, T[] values, Func<T, TValue> value)
    {
        int[] sizes = [.. input.Dimensions];
        sizes[0] = values.Length / sizes.Skip(1).Aggregate(1, (product, size) => product * size);
        return NamedOnnxValue.CreateFromTensor(name, new DenseTensor<TValue>(values.Select(value).ToArray(), sizes));
    }

    private static float[][] Numbers(DisposableNamedOnnxValue output)
    {
        (float[] numbers, int count) = output.Value switch
        {
            Tensor<float> values => (values.ToArray(), values.Dimensions[0]),
            Tensor<uint> keys => (keys.Select(key => (float)key).ToArray(), keys.Dimensions[0]),
            Tensor<bool> labels => (labels.Select(label => label ? 1f : 0).ToArray(), labels.Dimensions[0]),
            _ => throw new NotSupportedException($"{output.Name} is {output.Value}."),
        };
        return [.. numbers.Chunk(numbers.Length / count)];
    }
}
