using Microsoft.ML;

namespace Ml.Autoencoders.Families;

/// <summary>The stages of a model.</summary>
internal static class ModelLinks
{
    /// <summary>Those of a chain, however deeply nested; the model itself where it is none.</summary>
    public static IEnumerable<ITransformer> Of(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [model];
}
