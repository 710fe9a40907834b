using System.Text;
using System.Text.Json.Nodes;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>A model file that keeps every rule and unpacks to thousands of times its size: a wide layer of
/// zeros.</summary>
internal static class HonestZeros
{
    /// <param name="parts">Of a model whose encoder and decoder are of one hidden linear layer each.</param>
    /// <param name="megabytes">About how much the weights take.</param>
    public static void Put(ZipParts parts, int megabytes)
    {
        int description = parts.IndexOf(ArchiveTarget.Description), weights = parts.IndexOf(ArchiveTarget.Weights);
        JsonNode json = JsonNode.Parse(parts[description])!;
        JsonNode network = json["model"]!["network"]!;
        const int Rows = FuzzRow.Side * FuzzRow.Side;
        int code =
            network["codeSize"]?.GetValue<int>()
            ?? network["decoder"]!["inputShape"]!["dimensions"]![0]!.GetValue<int>();
        int width = (int)(megabytes * (1L << 20) / sizeof(float) / (Rows + code + 1));
        network["encoder"]!["layers"]![0]!["outputs"] = width;
        parts.Forge(description, Encoding.UTF8.GetBytes(json.ToJsonString()));
        parts.Forge(weights, Zeros(parts[weights], width, Rows, code));
    }

    private static byte[] Zeros(byte[] weights, int width, int rows, int code)
    {
        int length = (int)BitConverter.ToInt64(weights);
        var header = (JsonObject)JsonNode.Parse(weights.AsSpan(8, length))!;
        Shape("encoder.0.weight", width, rows);
        Shape("encoder.0.bias", width);
        Shape("encoder.2.weight", code, width);
        long end = 0;
        foreach ((string _, JsonNode? tensor) in header)
        {
            long bytes =
                tensor!["shape"]!.AsArray().Aggregate((long)sizeof(float), (product, size) =>
                product * size!.GetValue<long>());
            tensor["data_offsets"] = new JsonArray(end, end += bytes);
        }
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var zeros = new byte[8 + text.Length + end];
        BitConverter.TryWriteBytes(zeros, (long)text.Length);
        text.CopyTo(zeros, 8);
        return zeros;

        void Shape(string name, params int[] shape) =>
            header[name]!["shape"] = new JsonArray([.. shape.Select(size => JsonValue.Create((long)size))]);
    }
}
