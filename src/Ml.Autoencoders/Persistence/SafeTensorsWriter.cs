using System.Runtime.InteropServices;
using System.Text.Json;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// Writes tensors in the safetensors format: the length of a JSON header (8 bytes, little-endian), the header, which
/// names each tensor with its type, shape and place, and the values one after the other.
/// </summary>
internal static class SafeTensorsWriter
{
    private const int Alignment = 8;

    public static void Write(Stream stream, ModelNumbers numbers) =>
        Write(stream, [.. numbers.Entries.Select(entry => (entry.Name, entry.Shape))],
            numbers.Entries.Select(entry => entry.Values));

    /// <param name="stream">Where to; stays open.</param>
    /// <param name="tensors">The names and shapes of all tensors.</param>
    /// <param name="values">Their values in that order, each of which is requested when it is written.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, long[] Shape)> tensors,
        IEnumerable<float[]> values)
    {
        byte[] header = Header(tensors);
        stream.Write(BitConverter.GetBytes((ulong)header.Length));
        stream.Write(header);
        foreach (float[] numbers in values)
            stream.Write(MemoryMarshal.AsBytes<float>(numbers));
    }

    /// <summary>How long the header is of tensors of such names and shapes.</summary>
    public static long HeaderLength(IReadOnlyList<(string Name, long[] Shape)> tensors) => Header(tensors).LongLength;

    private static byte[] Header(IReadOnlyList<(string Name, long[] Shape)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            long start = 0;
            foreach ((string name, long[] shape) in tensors)
            {
                long end = start + shape.Aggregate((long)sizeof(float), (bytes, size) => bytes * size);
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
