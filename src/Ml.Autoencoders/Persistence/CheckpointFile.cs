using System.IO.Compression;
using System.Security.Cryptography;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// A checkpoint: a zip file with a description as JSON and the tensors as safetensors, uncompressed, in the forms that a model file has them in.
/// </summary>
internal sealed class CheckpointFile
{
    private const string FileName = "checkpoint.zip";
    private const string DescriptionName = "Checkpoint.json";
    private const string TensorsName = "Tensors.safetensors";
    private const int CurrentVersion = 1;

    private readonly Description _description;
    private readonly byte[] _tensors;

    private CheckpointFile(Description description, byte[] tensors)
    {
        _description = description;
        _tensors = tensors;
    }

    /// <summary>Of the fit that wrote it.</summary>
    public FitIdentity Fit => _description.Fit;

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Puts a new checkpoint in the place of the one in the folder.</summary>
    public static void Write(string folder, FitIdentity fit, Trainer trainer)
    {
        Directory.CreateDirectory(folder);
        using var tensors = new MemoryStream();
        SafeTensorsWriter.Write(tensors, Numbers(trainer));
        ReadOnlyMemory<byte> bytes = tensors.GetBuffer().AsMemory(0, (int)tensors.Length);
        byte[] json = ModelJson.ToJson(new Description(CurrentVersion, fit, trainer.State, Convert.ToHexString(SHA256.HashData(bytes.Span))));
        AtomicFile.Write(PathIn(folder), stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, DescriptionName, json);
            Add(zip, TensorsName, bytes.Span);
        });
    }

    /// <exception cref="FormatException">The file is damaged, no checkpoint, or from a newer version.</exception>
    public static CheckpointFile Read(string folder)
    {
        try
        {
            using FileStream stream = File.OpenRead(PathIn(folder));
            using var zip = new ZipArchive(stream);
            Description description = ModelJson.FromJson<Description>(Content(zip, DescriptionName, stream.Length), "checkpoint");
            if (description.Version is < 1 or > CurrentVersion)
                throw new FormatException($"it has version {description.Version}; this library reads up to {CurrentVersion}.");
            byte[] tensors = Content(zip, TensorsName, stream.Length);
            if (Convert.ToHexString(SHA256.HashData(tensors)) != description.TensorsDigest)
                throw new FormatException($"'{TensorsName}' is damaged: its SHA-256 is not the one that was saved with it.");
            return new CheckpointFile(description, tensors);
        }
        catch (InvalidDataException error)
        {
            throw new FormatException($"it is no zip file, or is damaged: {error.Message}", error);
        }
    }

    /// <summary>Puts a trainer of the same fit where the checkpoint was written. A trainer that it fails for is of no more use.</summary>
    /// <exception cref="FormatException">It does not hold what the fit needs.</exception>
    public void Restore(Trainer trainer)
    {
        using var stream = new MemoryStream(_tensors, writable: false);
        var file = new SafeTensorsReader(stream);
        (string Name, Tensor Values)[] tensors = [.. trainer.Tensors];
        foreach ((string name, Tensor values) in tensors)
            file.Require(name, values.shape);
        trainer.Restore(_description.State);
        using IDisposable noGrad = no_grad();
        foreach ((string name, Tensor values) in tensors)
        {
            using var scope = NewDisposeScope();
            values.copy_(tensor(file.Read(name), values.shape, device: CPU));
        }
    }

    private static ModelNumbers Numbers(Trainer trainer)
    {
        var numbers = new ModelNumbers();
        foreach ((string name, Tensor values) in trainer.Tensors)
            numbers.Add(name, values.shape, values.ToNumbers());
        return numbers;
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }

    private static byte[] Content(ZipArchive zip, string name, long most)
    {
        ZipArchiveEntry entry = zip.GetEntry(name) ?? throw new FormatException($"'{name}' is missing.");
        // No memory is taken for a length that the file only claims.
        if (entry.Length != entry.CompressedLength || entry.Length > most)
            throw new FormatException($"'{name}' is said to be {entry.Length:N0} bytes long, {entry.CompressedLength:N0} in the file, which is {most:N0}.");
        var content = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>The JSON part.</summary>
    /// <param name="Version">Of this form.</param>
    /// <param name="Fit">What was being trained.</param>
    /// <param name="State">How far it was.</param>
    /// <param name="TensorsDigest">SHA-256 of the other part.</param>
    private sealed record Description(int Version, FitIdentity Fit, FitState State, string TensorsDigest);
}
