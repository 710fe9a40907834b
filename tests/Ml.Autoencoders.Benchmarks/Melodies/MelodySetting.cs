namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>How an autoencoder of melodies is fitted. The settings were chosen on the valid windows.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Epochs">Of all training windows.</param>
/// <param name="Options">Those that the settings differ in: the code's size, beta and its warm-up, and the
/// network.</param>
internal sealed record MelodySetting(string Name, int Epochs, VariationalOptions Options)
{
    private const int BatchSize = 128;
    private const float LearningRate = 2e-3f;
    private const int Seed = 1;

    /// <summary>Codes that hold nearly all of a melody.</summary>
    public static MelodySetting Loose { get; } = new("loose", 39, new()
    {
        CodeSize = 128,
        Beta = 0.03f,
        Network = Convolutional,
    });

    /// <summary>Codes that are nearly distributed as the prior, and hold what melodies have in common.</summary>
    public static MelodySetting Tight { get; } = new("tight", 20, new()
    {
        CodeSize = 64,
        Beta = 0.5f,
        Warmup = KlWarmup.Linear(6),
        Network = Convolutional,
    });

    public static Network Convolutional => Network.Temporal([128, 128, 128], kernel: 4, batchNorm: true);

    /// <summary>The options of a fit, with all columns that are measured.</summary>
    /// <param name="onEpoch">Called after each epoch.</param>
    public VariationalOptions Complete(Action<TrainingEpoch> onEpoch) => Options with
    {
        ReconstructionColumnName = MelodyColumns.Reconstruction,
        LogVarianceColumnName = MelodyColumns.LogVariance,
        SampleColumnName = MelodyColumns.Draw,
        Training = new()
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            Optimizer = OptimizerKind.Adam,
            LearningRate = LearningRate,
            Schedule = LearningRateSchedule.Cosine(),
            Seed = Seed,
            OnEpoch = onEpoch,
        },
    };
}
