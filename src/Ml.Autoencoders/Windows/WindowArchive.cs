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

    private static readonly DescriptionArchive<WindowDescription> Archive =
        new(DescriptionName, Owner, json => Parse(json));

    public static void Write(ModelSaveContext context, WindowDescription description) =>
        Archive.Write(context, description);

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static WindowDescription Read(IExceptionContext exceptions, ModelLoadContext context) =>
        Archive.Read(exceptions, context);

    /// <summary>A description from its JSON.</summary>
    /// <exception cref="FormatException">It is not the description of windows, or of a newer version.</exception>
    public static WindowDescription Parse(ReadOnlySpan<byte> json)
    {
        DescriptionSurvey.Check(json, Owner, WindowDescription.CurrentVersion);
        return ModelJson.FromJson<WindowDescription>(json, Owner,
            description => description.Check(Place.Entry("window")));
    }
}
