using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tables;

/// <summary>A table's description inside ML.NET's model file, as JSON, and in ML.NET's own stream the digest of
/// it.</summary>
internal static class TableArchive
{
    private const string DescriptionName = "Table.json";

    private static readonly DescriptionArchive<TableDescription> Archive =
        new(DescriptionName, "table", json => Parse(json));

    public static void Write(ModelSaveContext context, TableDescription description) =>
        Archive.Write(context, description);

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static TableDescription Read(IExceptionContext exceptions, ModelLoadContext context) =>
        Archive.Read(exceptions, context);

    private static TableDescription Parse(byte[] json)
    {
        DescriptionSurvey.Check(json, "table", TableDescription.CurrentVersion);
        return ModelJson.FromJson<TableDescription>(json, "table", table => table.Check());
    }
}
