using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ml.Autoencoders.Tests;

/// <summary>A checkpoint, taken apart so that a test can look into it and alter it.</summary>
internal sealed class CheckpointZip
{
    private const string DescriptionName = "Checkpoint.json";
    private const string TensorsName = "Tensors.safetensors";

    public CheckpointZip(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        Description = JsonNode.Parse(Bytes(zip, DescriptionName))!;
        Tensors = Bytes(zip, TensorsName);
    }

    public JsonNode Description { get; }

    public JsonNode State => Description["state"]!;

    public byte[] Tensors { get; set; }

    /// <summary>Writes it with the digest of the tensors that it has now.</summary>
    public void Write(string path)
    {
        Description["tensorsDigest"] = Convert.ToHexString(SHA256.HashData(Tensors));
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add(zip, TensorsName, Tensors);
        Add(zip, DescriptionName, System.Text.Encoding.UTF8.GetBytes(Description.ToJsonString()));
    }

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using Stream stream = zip.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
