using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// Reads tensors in the safetensors format. Everything that the header says is checked against the file before memory
/// is allocated for it: sizes, shapes, places without gaps or overlaps, nothing after the end, no name twice.
/// </summary>
internal sealed class SafeTensorsReader
{
    public const string Float32 = "F32";

    private const string MetadataName = "__metadata__";
    private const int LengthBytes = sizeof(ulong);

    /// <summary>More than any network takes, even in a checkpoint, which has each of its tensors four times (see
    /// <see cref="Networks.LayerStack"/>).</summary>
    private const int MaxHeaderBytes = 1 << 27;

    /// <summary>What a tensor's entry takes once it is read, for each byte of the shortest that there can be.</summary>
    public const long RoomPerHeaderByte = 12;

    private readonly Stream _stream;
    private readonly Dictionary<string, Entry> _entries;
    private readonly long _dataStart;

    /// <param name="stream">At the beginning of the file; stays open. It need not be seekable where tensors are
    /// read in their order.</param>
    /// <exception cref="FormatException">The file is not a whole safetensors file of float32 tensors.</exception>
    public SafeTensorsReader(Stream stream)
    {
        _stream = stream;
        byte[] header = ReadHeader(stream);
        _dataStart = LengthBytes + header.Length;
        _entries = ParseHeader(header);
        RequireCoverage(_entries.Values, stream.Length - _dataStart);
    }

    public IEnumerable<string> Names => _entries.Keys;

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <exception cref="FormatException">There is no such tensor, or it has another shape.</exception>
    public void Require(string name, ReadOnlySpan<long> shape)
    {
        if (!_entries.TryGetValue(name, out Entry? entry))
            throw new FormatException($"The weights have no tensor '{name}'.");
        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            throw new FormatException(
                $"The weights' tensor '{name}' is {Format(entry.Shape)}; the network needs {Format(shape)}.");
        }
    }

    /// <summary>The values of a tensor whose shape <see cref="Require"/> has accepted, row by row.</summary>
    /// <param name="name">Of the tensor.</param>
    /// <param name="mayBeInfinite">Whether values may be infinite.</param>
    /// <exception cref="FormatException">A value is NaN, or infinite and may not be; or the file is not in the order in
    /// which tensors are read, and cannot be read in another.</exception>
    public float[] Read(string name, bool mayBeInfinite = false)
    {
        Entry entry = _entries[name];
        var values = new float[(entry.End - entry.Start) / sizeof(float)];
        Read(name, values, mayBeInfinite);
        return values;
    }

    /// <summary>Writes the values of a tensor whose shape <see cref="Require"/> has accepted to where they
    /// belong.</summary>
    /// <param name="name">Of the tensor.</param>
    /// <param name="values">Room for as many as it has.</param>
    /// <param name="mayBeInfinite">Whether values may be infinite.</param>
    /// <inheritdoc cref="Read(string, bool)"/>
    public void Read(string name, Span<float> values, bool mayBeInfinite = false)
    {
        Entry entry = _entries[name];
        long start = _dataStart + entry.Start;
        if (_stream.Position != start)
        {
            if (!_stream.CanSeek)
                throw new FormatException(
                    $"The weights' tensor '{name}' begins at byte {entry.Start}; in the order of the tensors it has " +
                    $"to begin at {_stream.Position - _dataStart}.");
            _stream.Position = start;
        }
        _stream.ReadExactly(MemoryMarshal.AsBytes(values));
        foreach (float value in values)
        {
            if (!float.IsFinite(value) && !(mayBeInfinite && float.IsInfinity(value)))
                throw new FormatException($"The weights' tensor '{name}' holds a value that is not a finite number.");
        }
    }

    private static byte[] ReadHeader(Stream stream)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
            throw new FormatException(
                $"The weights are {stream.Length} bytes long; a safetensors file has at least {LengthBytes}.");
        stream.ReadExactly(length);
        ulong headerLength = BitConverter.ToUInt64(length);
        if (headerLength > (ulong)Math.Min(MaxHeaderBytes, stream.Length - LengthBytes))
            throw new FormatException(
                $"The weights' header is declared to be {headerLength} bytes long; the file has {stream.Length}. It " +
                "is not a safetensors file, or is damaged.");
        AutoencoderFiles.RequireRoom((long)headerLength * RoomPerHeaderByte,
            $"The weights' header of {headerLength} bytes");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        return header;
    }

    private static Dictionary<string, Entry> ParseHeader(byte[] header)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(header,
                new JsonDocumentOptions { AllowDuplicateProperties = false });
            var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
            foreach (JsonProperty tensor in json.RootElement.EnumerateObject())
            {
                if (tensor.Name != MetadataName)
                    entries.Add(tensor.Name, ParseEntry(tensor.Name, tensor.Value));
            }
            return entries;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException
            or OverflowException)
        {
            throw new FormatException("The weights' header is not the JSON of a safetensors file.", error);
        }
    }

    private static Entry ParseEntry(string name, JsonElement json)
    {
        string? type = json.GetProperty("dtype").GetString();
        if (type != Float32)
            throw new FormatException(
                $"The weights' tensor '{Shown.Text(name)}' is of type {Shown.Text(type ?? "")}; " +
                $"only {Float32} can be read.");
        long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. json.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [>= 0, >= 0] || shape.Any(size => size < 0) || offsets[1] - offsets[0] != Bytes(shape))
            throw new FormatException($"The weights' tensor '{Shown.Text(name)}' is {Format(shape)}, " +
                $"which is not what its place [{Shown.List(offsets)}] holds.");
        return new Entry(shape, offsets[0], offsets[1]);
    }

    /// <exception cref="OverflowException">The shape is too large to exist.</exception>
    private static long Bytes(long[] shape) =>
        shape.Aggregate((long)sizeof(float), (bytes, size) => checked(bytes * size));

    private static void RequireCoverage(IEnumerable<Entry> entries, long dataLength)
    {
        long end = 0;
        foreach (Entry entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            if (entry.Start != end)
                throw new FormatException($"The weights' tensors overlap or leave a gap at byte {end}.");
            end = entry.End;
        }
        if (end != dataLength)
            throw new FormatException(
                $"The weights' header describes {end} bytes of values; the file holds {dataLength}.");
    }

    private static string Format(ReadOnlySpan<long> shape) => $"[{Shown.List(shape.ToArray())}]";

    private sealed record Entry(long[] Shape, long Start, long End);
}
