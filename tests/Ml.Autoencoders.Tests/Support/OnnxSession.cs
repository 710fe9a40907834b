using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ml.Autoencoders.Tests;

/// <summary>An ONNX file in ONNX Runtime alone.</summary>
internal sealed class OnnxSession(string path) : IDisposable
{
    private readonly InferenceSession _session = new(path);

    /// <summary>Names, types and sizes a row: <c>Features Single[12]</c>.</summary>
    public IEnumerable<string> Inputs => Describe(_session.InputMetadata);

    /// <inheritdoc cref="Inputs"/>
    public IEnumerable<string> Outputs => Describe(_session.OutputMetadata);

    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    public string Producer => _session.ModelMetadata.ProducerName;

    /// <summary>Every output of rows, by its name, as numbers.</summary>
    /// <param name="name">The name of the input.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="keyName">The name of the condition's input; null where there is none.</param>
    /// <param name="keys">Of each row, from 1 on.</param>
    public Dictionary<string, float[][]> Run(string name, float[][] rows, string? keyName = null,
        uint[]? keys = null) =>
        Run(NamedOnnxValue.CreateFromTensor(name, Joined(rows)), rows.Length, keyName, keys);

    /// <summary>The same of rows of keys.</summary>
    public Dictionary<string, float[][]> RunKeys(string name, uint[][] rows, string? keyName = null,
        uint[]? keys = null) =>
        Run(NamedOnnxValue.CreateFromTensor(name, Joined(rows)), rows.Length, keyName, keys);

    private static DenseTensor<T> Joined<T>(T[][] rows) =>
        new(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);

    private Dictionary<string, float[][]> Run(NamedOnnxValue input, int count, string? keyName, uint[]? keys)
    {
        var inputs = new List<NamedOnnxValue> { input };
        if (keyName is not null)
            inputs.Add(NamedOnnxValue.CreateFromTensor(keyName, new DenseTensor<uint>(keys, [count, 1])));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(inputs);
        return outputs.ToDictionary(output => output.Name,
            output => Numbers(output).Chunk(Numbers(output).Length / count).ToArray(), StringComparer.Ordinal);
    }

    public void Dispose() => _session.Dispose();

    private static float[] Numbers(DisposableNamedOnnxValue output) => output.Value switch
    {
        Tensor<float> numbers => [.. numbers],
        Tensor<uint> keys => [.. keys.Select(key => (float)key)],
        Tensor<bool> labels => [.. labels.Select(label => label ? 1f : 0)],
        _ => throw new NotSupportedException($"{output.Name} is {output.Value}."),
    };

    private static IEnumerable<string> Describe(IReadOnlyDictionary<string, NodeMetadata> values) =>
        values.Select(value =>
    {
        // Any number of rows.
        Assert.That(value.Value.SymbolicDimensions, Is.EqualTo(new[] { "batch", "" }));
        return $"{value.Key} {value.Value.ElementType.Name}[{value.Value.Dimensions[1]}]";
    });
}
