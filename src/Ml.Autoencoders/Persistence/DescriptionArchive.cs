using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Persistence;

/// <summary>A stage without numbers inside ML.NET's model file: its description as JSON, and in ML.NET's own stream the
/// digest of that.</summary>
/// <typeparam name="T">The description.</typeparam>
/// <param name="name">The name of its entry.</param>
/// <param name="owner">What errors call the stage.</param>
/// <param name="parse">A description from its JSON.</param>
internal sealed class DescriptionArchive<T>(string name, string owner, Func<byte[], T> parse) where T : class
{
    public void Write(ModelSaveContext context, T description)
    {
        byte[] json = ModelJson.ToJson(description);
        context.SaveBinaryStream(name, writer => writer.Write(json));
        context.Writer.Write(ArchiveEntry.DigestOf(json));
    }

    /// <exception cref="FormatException">The archive is damaged, or from a newer version.</exception>
    public T Read(IExceptionContext exceptions, ModelLoadContext context)
    {
        byte[] digest = ArchiveEntry.ReadDigest(context.Reader);
        try
        {
            ArchiveDirectory.Check(context, name);
            T? description = null;
            return context.TryLoadBinaryStream(name, reader =>
                description = parse(ArchiveEntry.ReadVerified(reader.BaseStream, digest, name)))
                ? description! : throw new FormatException($"'{name}' is missing.");
        }
        catch (Exception error) when (ArchiveEntry.IsDamage(error))
        {
            throw ArchiveEntry.Unreadable(exceptions, context, owner, error);
        }
    }
}
