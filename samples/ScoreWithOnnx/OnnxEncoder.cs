using Microsoft.ML.OnnxRuntime;

namespace ScoreWithOnnx;

/// <summary>Codes by ONNX Runtime.</summary>
internal sealed class OnnxEncoder(string path) : IDisposable
{
    private const int BatchRows = 512;

    private readonly InferenceSession _session = new(path);
    private readonly RunOptions _options = new();

    public float[][] Encode(float[][] rows) => [.. rows.Chunk(BatchRows).SelectMany(EncodeBatch)];

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private float[][] EncodeBatch(float[][] rows)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(Rows.Join(rows), [rows.Length, rows[0].Length]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_options, _session.InputNames, [input],
            _session.OutputNames);
        return Rows.Cut(outputs[0].GetTensorDataAsSpan<float>(), rows.Length);
    }
}
