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

    private static readonly DescriptionArchive<KeyPaddingDescription> Archive =
        new(DescriptionName, Owner, json => Parse(json));

    public static void Write(ModelSaveContext context, KeyPaddingDescription description) =>
        Archive.Write(context, description);

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static KeyPaddingDescription Read(IExceptionContext exceptions, ModelLoadContext context) =>
        Archive.Read(exceptions, context);

    private static KeyPaddingDescription Parse(byte[] json)
    {
        DescriptionSurvey.Check(json, Owner, KeyPaddingDescription.CurrentVersion);
        return ModelJson.FromJson<KeyPaddingDescription>(json, Owner,
            description => description.Check(Place.Entry("padding")));
    }
}
