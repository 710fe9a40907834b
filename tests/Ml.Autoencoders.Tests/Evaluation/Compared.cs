using Microsoft.ML;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>A comparison small enough for a test: rows near a plane, two labels that a line in it parts.</summary>
internal static class Compared
{
    public const string Name = "small";

    public static PcaComparisonOptions Options(MLContext ml, string? label = null, Action<string>? onProgress = null,
        IDataView? test = null,
        int neighbors = 12, int nearestNeighbors = 10, params int[] codeSizes) => new()
        {
            CodeSizes = codeSizes.Length == 0 ? [2] : codeSizes,
            LabelColumnName = label,
            Autoencoders = [Autoencoder(ml)],
            TestData = test,
            Neighbors = neighbors,
            NearestNeighbors = nearestNeighbors,
            OnProgress = onProgress,
        };

    public static ComparedAutoencoder Autoencoder(MLContext ml) => new()
    {
        Name = Name,
        Create = size => ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = size,
            Network = Small.Network,
            Training = Small.Training(epochs: 10),
        })
    };
}
