using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// How near the codes of all test digits together are to the prior of their family, before the fit and after it: mean
/// and variance of a number of the code, and the squared maximum mean discrepancy to draws from the prior.
/// </summary>
internal static class PriorDistance
{
    private const int CodeSize = 8;
    private const int Compared = 2000;

    private static readonly Network Network = Network.Dense([512, 256], Activation.Relu, batchNorm: true);

    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, IDataView test) = MnistViews.Load(ml);
        AutoencoderCatalog catalog = ml.Transforms.Autoencoders;
        (string Name, Func<TrainingOptions, AutoencoderEstimator> Make)[] families =
        [
            ("plain", options => catalog.Plain("Code", "Pixels", Shared<PlainOptions>(options))),
            ("adversarial", options => catalog.Adversarial("Code", "Pixels", Shared<AdversarialOptions>(options))),
            ("Wasserstein", options => catalog.Wasserstein("Code", "Pixels", Shared<WassersteinOptions>(options))),
            ("info-variational", options => catalog.InfoVariational("Code", "Pixels",
                Shared<InfoVariationalOptions>(options) with { SampleColumnName = "Sample" })),
            ("variational", options => catalog.Variational("Code", "Pixels",
                Shared<VariationalOptions>(options) with { SampleColumnName = "Sample" })),
        ];

        Console.WriteLine(
            $"codes of {CodeSize}, {Compared:N0} test digits    mean          variance      MMD²      cross-entropy");
        foreach ((string name, Func<TrainingOptions, AutoencoderEstimator> make) in families)
        {
            // A learning rate that moves nothing shows the encoder as it was drawn.
            foreach ((string when, TrainingOptions options) in new[]
            {
                ("before", Training(1, 1e-30f)),
                ("after", Training(10, 2e-3f)),
            })
            {
                using AutoencoderTransformer model = make(options).Fit(training);
                Print($"{name,-18} {when,-6}", model, model.Transform(test));
            }
        }
        return 0;
    }

    private static T Shared<T>(TrainingOptions training) where T : AutoencoderOptions, new() =>
        new()
        {
            CodeSize = CodeSize,
            Network = Network,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            ErrorColumnName = "Error",
            Training = training,
        };

    private static TrainingOptions Training(int epochs, float rate) =>
        new()
        {
            Epochs = epochs,
            BatchSize = 256,
            LearningRate = rate,
            Optimizer = OptimizerKind.AdamW,
            Schedule = LearningRateSchedule.Cosine(),
        };

    private static void Print(string title, AutoencoderTransformer model, IDataView scored)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        // Of a code that is a normal variable, a draw is what the prior is compared with.
        string column = scored.Schema.GetColumnOrNull("Sample") is null ? "Code" : "Sample";
        float[] numbers = [.. scored.GetColumn<float[]>(column).Take(Compared).SelectMany(code => code)];
        Tensor codes = tensor(numbers, [Compared, CodeSize], device: CPU);
        Tensor prior = (model.Prior ?? CodePrior.Normal).Draw(Compared, CodeSize, random);
        float[] means = codes.mean([0]).data<float>().ToArray();
        float[] variances = codes.var([0]).data<float>().ToArray();
        float discrepancy = MaximumMeanDiscrepancy.Squared(
            codes, prior, MaximumMeanDiscrepancy.InverseMultiquadric(CodeSize)).item<float>();
        double error = scored.GetColumn<float>("Error").Average(value => (double)value);
        Console.WriteLine(
            $"{title,-32} {means.Min(),5:0.00} to {means.Max(),5:0.00}  {variances.Min(),5:0.00} to " +
            $"{variances.Max(),5:0.00}  {discrepancy,8:0.00000}  {error,8:0.0000}");
    }
}
