using Microsoft.ML;

namespace Ml.Autoencoders.Tests;

/// <summary>The stage that tests of the pipeline use: codes of 3 with reconstruction and error.</summary>
internal static class Stage
{
    public const int CodeSize = 3;

    public static AutoencoderEstimator Make(MLContext ml, TrainingOptions? training = null) =>
        ml.Transforms.Autoencoders.Plain("Code", "Features", Options(training));

    public static PlainOptions Options(TrainingOptions? training = null) => new()
    {
        CodeSize = CodeSize,
        Network = Small.Network,
        ReconstructionColumnName = "Clean",
        ErrorColumnName = "Error",
        Training = training ?? Small.Training(),
    };

    public static AutoencoderTransformer Fit(MLContext ml, int rows = 40) => Make(ml).Fit(Rows.View(ml, rows));
}
