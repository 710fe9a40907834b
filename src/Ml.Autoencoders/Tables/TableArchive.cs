using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tables;

/// <summary>A table's description inside ML.NET's model file, as JSON, and in ML.NET's own stream the digest of
/// it.</summary>
internal static class TableArchive
{
    private const string DescriptionName = "Table.json";

    public static void Write(ModelSaveContext context, TableDescription table)
    {
        byte[] json = ModelJson.ToJson(table);
        context.SaveBinaryStream(DescriptionName, writer => writer.Write(json));
        context.Writer.Write(ArchiveEntry.DigestOf(json));
    }

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public static TableDescription Read(IExceptionContext exceptions, ModelLoadContext context)
    {
        byte[] digest = ArchiveEntry.ReadDigest(context.Reader);
        try
        {
            ArchiveDirectory.Check(context, DescriptionName);
            TableDescription? table = null;
            return context.TryLoadBinaryStream(DescriptionName, reader =>
                table = Parse(ArchiveEntry.ReadVerified(reader.BaseStream, digest, DescriptionName)))
                ? table! : throw new FormatException($"'{DescriptionName}' is missing.");
        }
        catch (Exception error) when (ArchiveEntry.IsDamage(error))
        {
            throw ArchiveEntry.Unreadable(exceptions, context, "table", error);
        }
    }

    private static TableDescription Parse(byte[] json)
    {
        DescriptionSurvey.Check(json, "table", TableDescription.CurrentVersion);
        return ModelJson.FromJson<TableDescription>(json, "table", table => table.Check());
    }
}
