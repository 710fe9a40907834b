using System.Text.Json;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// Writes tensors in the safetensors format: the length of a JSON header (8 bytes, little-endian), the header, which
/// names each tensor with its type, shape and place, and the values one behind the other.
/// </summary>
internal static class SafeTensorsWriter
{
    private const int Alignment = 8;

    public static void Write(Stream stream, IReadOnlyList<(string Name, Tensor Values)> tensors)
    {
        byte[] header = Header(tensors);
        stream.Write(BitConverter.GetBytes((ulong)header.Length));
        stream.Write(header);
        foreach ((_, Tensor values) in tensors)
        {
            using var scope = NewDisposeScope();
            stream.Write(values.detach().cpu().contiguous().bytes);
        }
    }

    private static byte[] Header(IReadOnlyList<(string Name, Tensor Values)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            long start = 0;
            foreach ((string name, Tensor values) in tensors)
            {
                long end = start + values.numel() * sizeof(float);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafeTensorsReader.Float32);
                json.WriteStartArray("shape");
                foreach (long size in values.shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(start);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                start = end;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
