using System.IO.Compression;
using System.Security.Cryptography;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// A checkpoint: a zip file with a description as JSON and the tensors as safetensors, uncompressed, in the same forms
/// as in a model file.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    private const string FileName = "checkpoint.zip";
    private const string DescriptionName = "Checkpoint.json";
    private const string TensorsName = "Tensors.safetensors";
    private const int CurrentVersion = 5;

    private readonly ZipArchive _zip;
    private readonly Description _description;

    private CheckpointFile(ZipArchive zip, Description description)
    {
        _zip = zip;
        _description = description;
    }

    /// <summary>Of the fit that wrote it.</summary>
    public FitIdentity Fit => _description.Fit;

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>Makes the folder, removes what killed processes left there, and checks that a checkpoint can be written
    /// there.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public static void Try(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.DeleteLeftovers(PathIn(folder));
        AtomicFile.Try(PathIn(folder));
    }

    /// <summary>Puts a new checkpoint in the place of the one in the folder.</summary>
    /// <inheritdoc cref="Try"/>
    public static void Write(string folder, FitIdentity fit, Trainer trainer)
    {
        Directory.CreateDirectory(folder);
        FitTensor[] tensors = [.. trainer.Tensors];
        AtomicFile.Write(PathIn(folder), stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            string digest;
            using (Stream entry = zip.CreateEntry(TensorsName, CompressionLevel.NoCompression).Open())
            using (var hashing = new HashingStream(entry))
            {
                SafeTensorsWriter.Write(hashing, [.. tensors.Select(tensor => (tensor.Name, tensor.Values.shape))],
                    tensors.Select(tensor => tensor.Values.ToNumbers()));
                digest = Convert.ToHexString(hashing.Digest());
            }
            using Stream description = zip.CreateEntry(DescriptionName, CompressionLevel.NoCompression).Open();
            description.Write(ModelJson.ToJson(new Description(CurrentVersion, fit, trainer.State, digest)));
        });
    }

    /// <summary>
    /// Opens the checkpoint in a folder, a regular file. It cannot be replaced before it is disposed.
    /// </summary>
    /// <exception cref="FormatException">The file is damaged, not a checkpoint, or from a newer version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CheckpointFile Open(string folder)
    {
        FileStream stream = File.OpenRead(PathIn(folder));
        try
        {
            var zip = new ZipArchive(stream);
            byte[] json = Content(zip);
            DescriptionSurvey.Check(json, "checkpoint", CurrentVersion);
            Description description = ModelJson.FromJson<Description>(json, "checkpoint",
                read => read.Fit.Check(Place.Entry("fit")));
            using Stream tensors = OpenStored(zip, TensorsName);
            if (Convert.ToHexString(SHA256.HashData(tensors)) != description.TensorsDigest)
                throw new FormatException(
                    $"'{TensorsName}' is damaged: its SHA-256 is not the one that was saved with it.");
            return new CheckpointFile(zip, description);
        }
        catch (Exception error) when (
            error is InvalidDataException or ArgumentException or ArithmeticException or NotSupportedException)
        {
            stream.Dispose();
            throw new FormatException($"it is not a zip file, or is damaged: {error.Message}", error);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Puts a trainer of the same fit into the state of the checkpoint. Where that fails, the trainer cannot be used
    /// anymore.
    /// </summary>
    /// <exception cref="FormatException">It does not hold what the fit needs.</exception>
    public void Restore(Trainer trainer)
    {
        using Stream stream = OpenStored(_zip, TensorsName);
        var file = new SafeTensorsReader(stream);
        FitTensor[] tensors = [.. trainer.Tensors];
        foreach (FitTensor saved in tensors)
            file.Require(saved.Name, saved.Values.shape);
        trainer.Restore(_description.State);
        using IDisposable noGrad = no_grad();
        foreach (FitTensor saved in tensors)
        {
            using var scope = NewDisposeScope();
            Tensor values = empty(saved.Values.shape, dtype: ScalarType.Float32, device: CPU);
            file.Read(saved.Name, values.Numbers, saved.MayBeInfinite);
            saved.Values.copy_(values);
        }
    }

    public void Dispose() => _zip.Dispose();

    private static ZipArchiveEntry Entry(ZipArchive zip, string name)
    {
        ZipArchiveEntry[] entries = [.. zip.Entries.Where(entry => entry.FullName == name)];
        if (entries is not [var entry])
            throw new FormatException($"'{name}' is {(entries.Length == 0 ? "missing" : "in it twice")}.");
        if (entry.Length != entry.CompressedLength)
            throw new FormatException(
                $"'{name}' is declared to be {entry.Length:N0} bytes long, {entry.CompressedLength:N0} in the file.");
        return entry;
    }

    /// <summary>Opens an entry that is stored uncompressed, so that its length and the place of its bytes are
    /// known.</summary>
    private static Stream OpenStored(ZipArchive zip, string name)
    {
        Stream stream = Entry(zip, name).Open();
        try
        {
            _ = stream.Length;
            return stream;
        }
        catch (NotSupportedException error)
        {
            stream.Dispose();
            throw new FormatException($"'{name}' is compressed; in a checkpoint it must not be.", error);
        }
    }

    private static byte[] Content(ZipArchive zip)
    {
        ZipArchiveEntry entry = Entry(zip, DescriptionName);
        ModelJson.RequireLength(entry.Length, DescriptionName);
        var content = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(content);
        if (Crc32.Of(content) != entry.Crc32)
            throw new FormatException(
                $"'{DescriptionName}' is damaged: its CRC-32 is not the one that was saved with it.");
        return content;
    }

    /// <summary>The JSON part.</summary>
    /// <param name="Version">Of this form.</param>
    /// <param name="Fit">What was being trained.</param>
    /// <param name="State">How far it was.</param>
    /// <param name="TensorsDigest">SHA-256 of the other part.</param>
    private sealed record Description(int Version, FitIdentity Fit, FitState State, string TensorsDigest);
}
