using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Models;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// A fitted stage inside ML.NET's model file: its description as JSON, its numbers as safetensors, and in ML.NET's own
/// stream the digests of both.
/// </summary>
internal static class ModelArchive
{
    private const string DescriptionName = "Autoencoder.json";
    private const string WeightsName = "Weights.safetensors";

    /// <summary>What ML.NET loads to find the loader, by its name alone, so that another version of the library will
    /// do: <see cref="ModelDescription.CurrentVersion"/> decides what it can read.</summary>
    public static string LoaderAssembly { get; } = typeof(ModelArchive).Assembly.GetName().Name!;

    public static void Write(ModelSaveContext context, ModelDescription description, AutoencoderModel model)
    {
        byte[] json = ModelJson.Write(description);
        context.SaveBinaryStream(DescriptionName, writer => writer.Write(json));
        byte[] weightsDigest = [];
        context.SaveBinaryStream(WeightsName, writer =>
        {
            using var hashing = new HashingStream(writer.BaseStream);
            WeightsFile.Write(hashing, model);
            weightsDigest = hashing.Digest();
        });
        context.Writer.Write(ArchiveEntry.DigestOf(json));
        context.Writer.Write(weightsDigest);
    }

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static (ModelDescription Description, AutoencoderModel Model) Read(
        IExceptionContext exceptions, ModelLoadContext context, Device device)
    {
        byte[] jsonDigest = ArchiveEntry.ReadDigest(context.Reader);
        byte[] weightsDigest = ArchiveEntry.ReadDigest(context.Reader);
        try
        {
            ArchiveDirectory.Check(context, DescriptionName, WeightsName);
            ModelDescription? description = null;
            AutoencoderModel? model = null;
            bool hasDescription = context.TryLoadBinaryStream(DescriptionName, reader =>
                description = ModelJson.Read(
                    ArchiveEntry.ReadVerified(reader.BaseStream, jsonDigest, DescriptionName)));
            bool hasWeights = description is not null && context.TryLoadBinaryStream(WeightsName, reader =>
            {
                ArchiveEntry.RequireDigest(SHA256.HashData(reader.BaseStream), weightsDigest, WeightsName);
                reader.BaseStream.Position = 0;
                model = WeightsFile.Read(reader.BaseStream, description.Model, device);
            });
            if (!hasDescription || !hasWeights)
                throw new FormatException($"'{(hasDescription ? WeightsName : DescriptionName)}' is missing.");
            return (description!, model!);
        }
        catch (Exception error) when (ArchiveEntry.IsDamage(error))
        {
            throw ArchiveEntry.Unreadable(exceptions, context, "autoencoder", error);
        }
    }
}
