namespace Ml.Autoencoders.Training;

/// <summary>
/// The defaults of <see cref="DenoisingOptions.TableFeatures"/>. The formulas are documented there, and the reasons in
/// <c>docs/decisions/0037-table-features.md</c>.
/// </summary>
internal sealed record TableDefaults : DefaultsRule
{
    private const int Width = 256;

    public override Defaults For(long rows, int columns) => new(64,
        Network.Dense([Width, Width], Activation.Relu, batchNorm: true), InputScaling.Standardize, Epochs: null)
    {
        Updates = 1_000,
        BatchSize = 64,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
    };
}
