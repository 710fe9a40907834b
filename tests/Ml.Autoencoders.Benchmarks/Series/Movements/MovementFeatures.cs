using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Series.Movements;

/// <summary>What stands before a classifier of movements.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Estimator">Makes the column <see cref="Column"/>; fitted to windows without their labels.</param>
internal sealed record MovementFeatures(string Name, Func<MLContext, IEstimator<ITransformer>> Estimator)
{
    public const string Column = "Features";

    private const string Window = nameof(MovementWindow.Window);
    private const int CodeSize = 16;
    private const int Epochs = 20;
    private const float LearningRate = 1e-3f;

    /// <summary>The windows themselves.</summary>
    public static MovementFeatures Raw { get; } = new("raw windows, 300 numbers", ml =>
        ml.Transforms.CopyColumns(Column, Window));

    /// <summary>ML.NET's PCA.</summary>
    public static MovementFeatures Pca { get; } = new($"PCA, {CodeSize} numbers", ml =>
        ml.Transforms.ProjectToPrincipalComponents(Column, Window, rank: CodeSize, seed: 1));

    /// <summary>What <c>series features search</c> chose.</summary>
    public static MovementFeatures Codes { get; } = Variational(3 * LearningRate, 40, 32, 64, 64);

    public static IReadOnlyList<MovementFeatures> Tried { get; } =
    [
        Variational(LearningRate, 20, 32, 64, 64),
        Variational(3 * LearningRate, 20, 32, 64, 64),
        Codes,
    ];

    private static MovementFeatures Plain(float learningRate, params int[] filters) =>
        new(Named($"plain, learning rate {learningRate}", filters), ml =>
            ml.Transforms.Autoencoders.Plain(Column, Window, new()
            {
                CodeSize = CodeSize,
                Network = Network.Temporal(filters),
                Training = Training(learningRate),
            }));

    /// <summary>Half of the numbers are masked.</summary>
    private static MovementFeatures Denoising(params int[] filters) => new(Named("denoising", filters), ml =>
        ml.Transforms.Autoencoders.Denoising(Column, Window, new()
        {
            CodeSize = CodeSize,
            Network = Network.Temporal(filters),
            Training = Training(LearningRate),
        }));

    private static MovementFeatures Variational(float learningRate, int epochs, params int[] filters) =>
        new(Named($"variational, learning rate {learningRate}, {epochs} epochs", filters), ml =>
            ml.Transforms.Autoencoders.Variational(Column, Window, new()
            {
                CodeSize = CodeSize,
                Network = Network.Temporal(filters),
                Training = Training(learningRate, epochs),
            }));

    private static string Named(string family, int[] filters) =>
        $"{family}, filters {string.Join(", ", filters)}, codes of {CodeSize} numbers";

    private static TrainingOptions Training(float learningRate, int epochs = Epochs) => new()
    {
        Epochs = epochs,
        LearningRate = learningRate,
        Schedule = LearningRateSchedule.Cosine(),
    };
}
