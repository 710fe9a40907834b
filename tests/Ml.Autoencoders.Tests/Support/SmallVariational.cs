using Microsoft.ML;

namespace Ml.Autoencoders.Tests;

/// <summary>Small variational autoencoders to draw rows from.</summary>
internal static class SmallVariational
{
    /// <summary>Of the made-up rows; enough for their shape, not for good ones.</summary>
    public static AutoencoderTransformer Fit(MLContext ml, int codeSize = Stage.CodeSize,
        InputScaling scaling = InputScaling.None,
        ReconstructionLoss loss = ReconstructionLoss.MeanSquaredError) =>
        ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = codeSize,
            Network = Small.Network,
            Scaling = scaling,
            Loss = loss,
            Training = Small.Training(),
        }).Fit(Rows.View(ml, 40));

    /// <summary>
    /// Of the made-up rows, until it knows them: they lie near a plane, so a linear network is enough.
    /// </summary>
    public static AutoencoderTransformer FitWell(MLContext ml) =>
        ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(),
            Training = Small.Training(epochs: 40),
        }).Fit(Rows.View(ml, 300));

    /// <summary>Of rows with a level, conditioned on it; trained until the level is left to the condition.</summary>
    public static AutoencoderTransformer FitConditional(MLContext ml) =>
        ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            ConditionColumnName = "Level",
            Training = Small.Training(epochs: 40),
        }).Fit(LevelRows.Keyed(ml, LevelRows.Make(200)));
}
