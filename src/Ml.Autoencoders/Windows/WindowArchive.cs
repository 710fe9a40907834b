using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Windows;

/// <summary>A fitted stage of windows inside ML.NET's model file: its description as JSON, and in ML.NET's own stream
/// the digest of that.</summary>
internal static class WindowArchive
{
    private const string DescriptionName = "SlidingWindow.json";
    private const string Owner = "sliding window";

    public static void Write(ModelSaveContext context, WindowDescription description)
    {
        byte[] json = ModelJson.ToJson(description);
        context.SaveBinaryStream(DescriptionName, writer => writer.Write(json));
        context.Writer.Write(ArchiveEntry.DigestOf(json));
    }

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static WindowDescription Read(IExceptionContext exceptions, ModelLoadContext context)
    {
        byte[] digest = ArchiveEntry.ReadDigest(context.Reader);
        try
        {
            ArchiveDirectory.Check(context, DescriptionName);
            WindowDescription? description = null;
            if (!context.TryLoadBinaryStream(DescriptionName, reader =>
                description = Parse(ArchiveEntry.ReadVerified(reader.BaseStream, digest, DescriptionName))))
                throw new FormatException($"'{DescriptionName}' is missing.");
            return description!;
        }
        catch (Exception error) when (ArchiveEntry.IsDamage(error))
        {
            throw ArchiveEntry.Unreadable(exceptions, context, Owner, error);
        }
    }

    /// <summary>A description from its JSON.</summary>
    /// <exception cref="FormatException">It is not the description of windows, or of a newer version.</exception>
    public static WindowDescription Parse(ReadOnlySpan<byte> json)
    {
        DescriptionSurvey.Check(json, Owner, WindowDescription.CurrentVersion);
        return ModelJson.FromJson<WindowDescription>(json, Owner,
            description => description.Check(Place.Entry("window")));
    }
}
