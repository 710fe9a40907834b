using Microsoft.ML;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>The ONNX files of every subject and variant, for a checker that is not of this repository.</summary>
internal static class OnnxFiles
{
    private const int FitRows = 64;

    /// <summary>Each part in a file of its own.</summary>
    /// <param name="folder">Is made where it is missing.</param>
    public static int Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var ml = new MLContext(seed: 1);
        IDataView rows = GoldenRow.View(ml, GoldenRow.Make(FitRows, seed: 1));
        foreach (Subject subject in Subject.All)
        {
            foreach (Variant variant in Variant.All.Where(variant => variant.Fits(subject)))
            {
                string path = Path.Combine(folder, $"{subject.Name} {variant.Name}");
                ITransformer model = subject.Make(ml, variant.Exported(subject), variant.Options).Fit(rows);
                using var disposed = (IDisposable)model;
                Write(model, path);
            }
        }
        Console.WriteLine($"{Directory.GetFiles(folder).Length} files");
        return 0;
    }

    private static void Write(ITransformer model, string path)
    {
        if (model is AutoencoderTransformer autoencoder)
        {
            foreach (OnnxPart part in Enum.GetValues<OnnxPart>())
                autoencoder.SaveOnnx($"{path} {part}.onnx", part);
        }
        else
        {
            ((AutoencoderAnomalyTransformer)model).SaveOnnx($"{path}.onnx");
        }
    }
}
