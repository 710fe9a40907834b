using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreWithOnnx;

/// <summary>Codes by torch, without the library: its weights in a network that is built by hand.</summary>
internal sealed class TorchEncoder : IDisposable
{
    private const int BatchRows = 512;

    private readonly Sequential _encoder = nn.Sequential(
        ("0", nn.Linear(784, 512)), ("1", nn.ReLU()), ("2", nn.Linear(512, 256)), ("3", nn.ReLU()),
        ("4", nn.Linear(256, 32)));

    public TorchEncoder(string weights)
    {
        byte[] file = File.ReadAllBytes(weights);
        // A safetensors file: the length of a JSON header, the header, numbers.
        int header = (int)BitConverter.ToInt64(file);
        using JsonDocument tensors = JsonDocument.Parse(file.AsMemory(8, header));
        using var noGrad = no_grad();
        foreach ((string name, Parameter parameter) in _encoder.named_parameters())
        {
            int start = tensors.RootElement.GetProperty($"encoder.{name}").GetProperty("data_offsets")[0].GetInt32();
            file.AsSpan(8 + header + start, parameter.bytes.Length).CopyTo(parameter.bytes);
        }
        _encoder.eval();
    }

    public float[][] Encode(float[][] rows) => [.. rows.Chunk(BatchRows).SelectMany(EncodeBatch)];

    public void Dispose() => _encoder.Dispose();

    private float[][] EncodeBatch(float[][] rows)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor codes = _encoder.forward(tensor(Rows.Join(rows), [rows.Length, rows[0].Length]));
        return Rows.Cut(codes.data<float>().ToArray(), rows.Length);
    }
}
