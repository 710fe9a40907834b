using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests;

/// <summary>A saved stage, taken apart so that a test can alter it.</summary>
internal sealed class ModelZip
{
    public const string Description = "Autoencoder.json";
    public const string Weights = "Weights.safetensors";

    /// <summary>ML.NET's header, and the digests of the other two.</summary>
    public const string Digests = "Model.key";

    private readonly Dictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public ModelZip(byte[] model)
    {
        using var zip = new ZipArchive(new MemoryStream(model));
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            _entries[entry.FullName] = copy.ToArray();
        }
    }

    public static byte[] Save(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    public static ITransformer Load(MLContext ml, byte[] model) => ml.Model.Load(new MemoryStream(model), out _);

    public byte[] Read(string stream) => _entries[PathOf(stream)];

    public string ReadText(string stream) => Encoding.UTF8.GetString(Read(stream));

    public ModelZip Remove(string stream)
    {
        _entries.Remove(PathOf(stream));
        return this;
    }

    /// <summary>Puts other bytes in a stream's place. The digest stays that of the old ones.</summary>
    public ModelZip Replace(string stream, byte[] bytes)
    {
        _entries[PathOf(stream)] = bytes;
        return this;
    }

    /// <summary>Puts other bytes in a stream's place, and their digest in that of the old ones.</summary>
    public ModelZip Forge(string stream, byte[] bytes)
    {
        byte[] digests = Read(Digests);
        int place = digests.AsSpan().IndexOf(SHA256.HashData(Read(stream)));
        SHA256.HashData(bytes).CopyTo(digests, place);
        return Replace(stream, bytes);
    }

    public ModelZip Forge(string stream, string text) => Forge(stream, Encoding.UTF8.GetBytes(text));

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in _entries)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    private string PathOf(string stream) =>
        _entries.Keys.Single(path => path.EndsWith('/' + stream, StringComparison.Ordinal));
}
