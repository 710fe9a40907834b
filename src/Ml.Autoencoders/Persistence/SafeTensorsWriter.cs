using System.Runtime.InteropServices;
using System.Text.Json;
using Ml.Autoencoders.Models;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// Writes tensors in the safetensors format: the length of a JSON header (8 bytes, little-endian), the header, which
/// names each tensor with its type, shape and place, and the values one behind the other.
/// </summary>
internal static class SafeTensorsWriter
{
    private const int Alignment = 8;

    public static void Write(Stream stream, ModelNumbers numbers)
    {
        byte[] header = Header(numbers);
        stream.Write(BitConverter.GetBytes((ulong)header.Length));
        stream.Write(header);
        foreach (ModelNumbers.Entry entry in numbers.Entries)
            stream.Write(MemoryMarshal.AsBytes<float>(entry.Values));
    }

    private static byte[] Header(ModelNumbers numbers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            long start = 0;
            foreach ((string name, long[] shape, float[] values) in numbers.Entries)
            {
                long end = start + (long)values.Length * sizeof(float);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafeTensorsReader.Float32);
                json.WriteStartArray("shape");
                foreach (long size in shape)
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
