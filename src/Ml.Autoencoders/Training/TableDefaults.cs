using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Training;

/// <summary>
/// The defaults of <see cref="DenoisingOptions.TableFeatures"/>. The formulas are documented there, and the reasons in
/// <c>docs/decisions/0037-table-features.md</c>.
/// </summary>
/// <param name="Updates">Updates of the weights in a fit.</param>
internal sealed record TableDefaults(int Updates = 500) : DefaultsRule
{
    private const int MinWidth = 64;
    private const int MaxWidth = 256;

    /// <summary>Widths are multiples of it.</summary>
    private const int Step = 8;

    public override Defaults For(long rows, SlotColumns columns) => new(64,
        Network.Dense([Width(rows, columns.Slots), Width(rows, columns.Slots)], Activation.Relu, batchNorm: true),
        InputScaling.Standardize, Epochs: null)
    {
        Updates = Updates,
        BatchSize = 64,
        LearningRate = 2e-3f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Cosine(),
    };

    /// <summary>Of a hidden layer: 0.6 D √N, rounded to a multiple of 8, between 64 and 256.</summary>
    private static int Width(long rows, int columns) =>
        (int)Math.Clamp(Math.Round(0.6 * columns * Math.Sqrt(rows) / Step) * Step, MinWidth, MaxWidth);
}
