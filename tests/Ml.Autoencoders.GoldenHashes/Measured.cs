using System.IO.Compression;
using Microsoft.ML;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>Whatever a fitted subject computes, as hashes.</summary>
internal static class Measured
{
    private const int FitRows = 240;
    private const int ScoredRows = 50;

    private static readonly GoldenRow[] Fitted = GoldenRow.Make(FitRows, seed: 1);
    private static readonly GoldenRow[] Scored = GoldenRow.Make(ScoredRows, seed: 2);

    public static IEnumerable<Hashed> Of(MLContext ml, Subject subject, Variant variant)
    {
        IDataView rows = GoldenRow.View(ml, Scored);
        string[] written = [.. variant.Written(subject)];
        ITransformer model = Fit(ml, subject, variant, written);
        using var disposed = (IDisposable)model;
        yield return Hashed.Of("weights", WeightsOf(ml, model, rows.Schema));
        IDataView output = model.Transform(rows);
        foreach (DataViewSchema.Column column in output.Schema)
        {
            if (!column.IsHidden && rows.Schema.GetColumnOrNull(column.Name) is null)
                yield return Hashed.Of($"column {column.Name}", ColumnNumbers.Of(output, column));
        }
        if (model is AutoencoderTransformer autoencoder)
        {
            string? kind = variant.IsConditioned ? Scored[0].Kind : null;
            yield return Hashed.Of("losses", [.. autoencoder.History.Select(epoch => (float)epoch.Training.Total)]);
            yield return Hashed.OrRefused("likelihood", () => autoencoder.LogLikelihood(rows, samples: 10, seed: 3));
            yield return Hashed.OrRefused("sample",
                () => [.. autoencoder.Sample(20, seed: 5, condition: kind).SelectMany(row => row)]);
            foreach (Hashed hashed in OfFiles("onnx encoder", path => autoencoder.SaveOnnx(path, OnnxPart.Encoder)))
                yield return hashed;
        }
        string[] inFile = [.. variant.Exported(subject)];
        using var certain = inFile.Length < written.Length ? (IDisposable)Fit(ml, subject, variant, inFile) : null;
        ITransformer exported = (ITransformer?)certain ?? model;
        foreach (Hashed hashed in OfFiles("onnx", path => Save(exported, path)))
            yield return hashed;

        IEnumerable<Hashed> OfFiles(string name, Action<string> save)
        {
            foreach ((string column, float[] numbers) in OnnxResults.Of(save, Scored, variant.IsConditioned))
                yield return Hashed.Of($"{name} {column}", numbers);
        }
    }

    private static ITransformer Fit(MLContext ml, Subject subject, Variant variant, IEnumerable<string> written) =>
        subject.Make(ml, written, variant.Options).Fit(GoldenRow.View(ml, Fitted));

    private static void Save(ITransformer model, string path)
    {
        if (model is AutoencoderTransformer autoencoder)
            autoencoder.SaveOnnx(path);
        else
            ((AutoencoderAnomalyTransformer)model).SaveOnnx(path);
    }

    /// <summary>The file of the weights in a saved model.</summary>
    private static byte[] WeightsOf(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        using var saved = new MemoryStream();
        ml.Model.Save(model, schema, saved);
        using var archive = new ZipArchive(saved, ZipArchiveMode.Read);
        using Stream weights = archive.Entries.Single(entry => entry.Name == "Weights.safetensors").Open();
        using var bytes = new MemoryStream();
        weights.CopyTo(bytes);
        return bytes.ToArray();
    }
}
