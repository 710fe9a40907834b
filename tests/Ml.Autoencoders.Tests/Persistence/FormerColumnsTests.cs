using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Files up to version 2 name the columns of a code's kind beside the others, each in an entry of its
/// own.</summary>
internal sealed class FormerColumnsTests
{
    private readonly MLContext _ml = new();

    [Test]
    public void A_log_variance_is_found_where_older_files_name_it()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            Training = Small.Training(),
            LogVarianceColumnName = "Spread",
        }).Fit(LabeledRows.View(_ml, 20));

        using AutoencoderTransformer loaded = LoadedWith(model, "logVariance", "Spread");

        Assert.That(Bits.OfVectors(loaded.Transform(Rows), "Spread"),
            Is.EqualTo(Bits.OfVectors(model.Transform(Rows), "Spread")));
    }

    [Test]
    public void Code_indices_are_found_where_older_files_name_them()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.VectorQuantized("Code", "Features", new()
        {
            CodeSize = 4,
            CodebookSize = 8,
            Network = Small.Network,
            Training = Small.Training(),
            CodeIndicesColumnName = "Keys",
        }).Fit(LabeledRows.View(_ml, 20));

        using AutoencoderTransformer loaded = LoadedWith(model, "codeIndices", "Keys");

        Assert.That(loaded.Transform(Rows).GetColumn<uint[]>("Keys"),
            Is.EqualTo(model.Transform(Rows).GetColumn<uint[]>("Keys")));
    }

    private IDataView Rows => LabeledRows.View(_ml, 20, seed: 9);

    /// <summary>The model from a file that names the column as older ones do.</summary>
    private AutoencoderTransformer LoadedWith(AutoencoderTransformer model, string entry, string column)
    {
        var zip = new ModelZip(ModelZip.Save(_ml, model, LabeledRows.View(_ml, 1).Schema));
        string description = zip.ReadText(ModelZip.Description);
        int start = description.IndexOf("\"codeColumns\": {", StringComparison.Ordinal);
        int end = description.IndexOf('}', start);
        string former = string.Concat(
            description.AsSpan(0, start), $"\"{entry}\": \"{column}\"", description.AsSpan(end + 1));
        Assert.That(start, Is.Positive);
        return (AutoencoderTransformer)ModelZip.Load(_ml, zip.Forge(ModelZip.Description, former).ToBytes());
    }
}
