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
    public static MovementFeatures Codes { get; } = Variational(3 * LearningRate, 32, 64, 64);

    public static IReadOnlyList<MovementFeatures> Tried { get; } =
    [
        Raw,
        Pca,
        Plain(LearningRate, 32, 16),
        Plain(3 * LearningRate, 32, 16),
        Plain(LearningRate, 32, 64, 64),
        Denoising(LearningRate, 32, 64, 64),
        Variational(LearningRate, 32, 16),
        Variational(LearningRate, 32, 64),
        Variational(LearningRate, 32, 64, 64),
        Codes,
    ];

    private static MovementFeatures Plain(float learningRate, params int[] filters) =>
        new(Named("plain", learningRate, filters), ml =>
            ml.Transforms.Autoencoders.Plain(Column, Window, new()
            {
                CodeSize = CodeSize,
                Network = Network.Temporal(filters),
                Training = Training(learningRate),
            }));

    /// <summary>Half of the numbers are masked.</summary>
    private static MovementFeatures Denoising(float learningRate, params int[] filters) =>
        new(Named("denoising", learningRate, filters), ml =>
            ml.Transforms.Autoencoders.Denoising(Column, Window, new()
            {
                CodeSize = CodeSize,
                Network = Network.Temporal(filters),
                Training = Training(learningRate),
            }));

    private static MovementFeatures Variational(float learningRate, params int[] filters) =>
        new(Named("variational", learningRate, filters), ml =>
            ml.Transforms.Autoencoders.Variational(Column, Window, new()
            {
                CodeSize = CodeSize,
                Network = Network.Temporal(filters),
                Training = Training(learningRate),
            }));

    private static string Named(string family, float learningRate, int[] filters) => FormattableString.Invariant(
        $"{family}, filters {string.Join(", ", filters)}, learning rate {learningRate}, {CodeSize} numbers");

    private static TrainingOptions Training(float learningRate) => new()
    {
        Epochs = Epochs,
        LearningRate = learningRate,
        Schedule = LearningRateSchedule.Cosine(),
    };
}
