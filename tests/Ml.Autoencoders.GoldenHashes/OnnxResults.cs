using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>What ONNX Runtime computes from an exported file, on one thread.</summary>
internal static class OnnxResults
{
    public static IReadOnlyList<(string Column, float[] Numbers)> Of(
        Action<string> save, GoldenRow[] rows, bool isConditioned)
    {
        string file = Path.GetTempFileName();
        try
        {
            save(file);
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            using var session = new InferenceSession(file, options);
            using var outputs = session.Run(Inputs(rows, isConditioned));
            return
            [
                .. from output in outputs
                   orderby output.Name
                   select (output.Name, Numbers(output)),
            ];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<NamedOnnxValue> Inputs(GoldenRow[] rows, bool isConditioned)
    {
        float[] pixels = [.. rows.SelectMany(row => row.Pixels)];
        var inputs = new List<NamedOnnxValue>
        {
            NamedOnnxValue.CreateFromTensor(Subject.Input,
                new DenseTensor<float>(pixels, [rows.Length, pixels.Length / rows.Length])),
        };
        if (isConditioned)
        {
            uint[] keys = [.. rows.Select(row => row.Key)];
            inputs.Add(NamedOnnxValue.CreateFromTensor(GoldenRow.KindName,
                new DenseTensor<uint>(keys, [rows.Length, 1])));
        }
        return inputs;
    }

    private static float[] Numbers(DisposableNamedOnnxValue output) => output.Value switch
    {
        Tensor<float> numbers => [.. numbers],
        Tensor<uint> keys => [.. keys.Select(key => (float)key)],
        Tensor<bool> labels => [.. labels.Select(label => label ? 1f : 0)],
        _ => throw new NotSupportedException($"{output.Name} is {output.Value}."),
    };
}
