namespace Ml.Autoencoders.Training;

/// <summary>The values that a fit uses where the options leave them open.</summary>
/// <param name="CodeSize">Numbers in a code, Z.</param>
/// <param name="Network">The network that encodes and decodes.</param>
/// <param name="Scaling">How slots are brought to a common scale.</param>
/// <param name="Epochs">Passes over the training rows; null where <see cref="Updates"/> decides.</param>
internal sealed record Defaults(int CodeSize, Network Network, InputScaling Scaling, int? Epochs)
{
    /// <summary>The same for all rows. They are defined here only.</summary>
    public static Defaults Standard { get; } = new(32, Network.Dense(512, 256), InputScaling.None, 20);

    /// <summary>Updates of the weights, instead of <see cref="Epochs"/>.</summary>
    public int? Updates { get; init; }

    /// <summary>Rows between two updates of the weights.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The step size of the optimizer.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>How the learning rate decreases.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The rule by which gradients move weights.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>How the rows that the encoder gets in training are changed.</summary>
    public Corruption Corruption { get; init; } = Corruption.None;

    /// <summary>Which slots make categories.</summary>
    public Categories Categories { get; init; } = Categories.None;

    /// <summary>What the score of a detector without drawn codes is made of.</summary>
    public AnomalyScoreKind Score { get; init; } = AnomalyScoreKind.ReconstructionError;
}
