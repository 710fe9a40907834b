using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tokens;

/// <summary>A stage that pads and cuts sequences of keys inside ML.NET's model file: its description as JSON, and in
/// ML.NET's own stream the digest of that.</summary>
internal static class KeyPaddingArchive
{
    private const string DescriptionName = "KeyPadding.json";
    private const string Owner = "key padding";

    public static void Write(ModelSaveContext context, KeyPaddingDescription description)
    {
        byte[] json = ModelJson.ToJson(description);
        context.SaveBinaryStream(DescriptionName, writer => writer.Write(json));
        context.Writer.Write(ArchiveEntry.DigestOf(json));
    }

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static KeyPaddingDescription Read(IExceptionContext exceptions, ModelLoadContext context)
    {
        byte[] digest = ArchiveEntry.ReadDigest(context.Reader);
        try
        {
            ArchiveDirectory.Check(context, DescriptionName);
            KeyPaddingDescription? description = null;
            return context.TryLoadBinaryStream(DescriptionName, reader =>
                description = Parse(ArchiveEntry.ReadVerified(reader.BaseStream, digest, DescriptionName)))
                ? description! : throw new FormatException($"'{DescriptionName}' is missing.");
        }
        catch (Exception error) when (ArchiveEntry.IsDamage(error))
        {
            throw ArchiveEntry.Unreadable(exceptions, context, Owner, error);
        }
    }

    private static KeyPaddingDescription Parse(byte[] json)
    {
        DescriptionSurvey.Check(json, Owner, KeyPaddingDescription.CurrentVersion);
        return ModelJson.FromJson<KeyPaddingDescription>(json, Owner,
            description => description.Check(Place.Entry("padding")));
    }
}
