using Microsoft.ML;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>A fitted stage as it would lie on disk.</summary>
internal static class SavedModel
{
    /// <summary>In bytes.</summary>
    public static long Size(MLContext ml, ITransformer stage, DataViewSchema input)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(stage, input, stream);
        return stream.Length;
    }
}
