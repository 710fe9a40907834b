using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Families;

internal sealed class VicRegTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Refused(() => Make(new() { Expander = [] }),
                "VicRegOptions: Expander is empty; it must have at least one size. (Parameter 'Expander')");
            Refused(() => Make(new() { Expander = [16, 0] }),
                "VicRegOptions: Expander is 0; it must be at least 1. (Parameter 'Expander')");
            Refused(() => Make(new() { InvarianceWeight = 0 }),
                "VicRegOptions: InvarianceWeight is 0; it must be above 0. (Parameter 'InvarianceWeight')");
            Refused(() => Make(new() { VarianceWeight = 0 }),
                "VicRegOptions: VarianceWeight is 0; it must be above 0. (Parameter 'VarianceWeight')");
            Refused(() => Make(new() { CovarianceWeight = -1 }),
                "VicRegOptions: CovarianceWeight is -1; it must be at least 0. (Parameter 'CovarianceWeight')");
            Refused(() => Make(new() { ReconstructionWeight = float.NaN }),
                "VicRegOptions: ReconstructionWeight is NaN; it must be a finite number. (Parameter " +
                "'ReconstructionWeight')");
            Assert.That(() => Make(new() { Expander = null! }), Throws.ArgumentNullException);
        });

        static void Refused(Action make, string message) =>
            Assert.That(make, Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));
    }

    [Test]
    public void Batches_of_one_row_are_refused() =>
        Assert.That(() => Make(new() { Training = new() { BatchSize = 1 } }).Fit(Rows.View(_ml, 4)),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "TrainingOptions.BatchSize is 1, and a VicReg autoencoder needs batches of at least 2 rows."));

    [Test]
    public void Codes_tell_rows_apart_and_leave_noise_out_and_the_decoder_reads_them()
    {
        IDataView rows = Rows.View(_ml, 400);
        using AutoencoderTransformer model = Make(Options).Fit(rows);
        float[][] clean = Codes(model, rows);
        float[][] noisy = Codes(model, _ml.Data.LoadFromEnumerable(Rows.Make(400).Select((row, i) => new Row
        {
            Features = [.. row.Features.Select((value, j) => value + 0.03f * MathF.Sin(97 * i + 31 * j))],
        })));

        double same = Enumerable.Range(0, 400).Average(i => SquaredDistance(clean[i], noisy[i]));
        double others = Enumerable.Range(0, 399).Average(i => SquaredDistance(clean[i], clean[i + 1]));
        Assert.Multiple(() =>
        {
            Assert.That(others, Is.GreaterThan(0.1), "the codes have not collapsed");
            Assert.That(same, Is.LessThan(others / 10));
            Assert.That(model.History[^1].Training.Terms["reconstruction"], Is.LessThan(0.35),
                "of slots with variance 1");
        });
    }

    [Test]
    public void Without_the_variance_term_codes_would_say_less()
    {
        IDataView rows = Rows.View(_ml, 400);
        using AutoencoderTransformer model = Make(Options).Fit(rows);
        using AutoencoderTransformer collapsed = Make(Options with { VarianceWeight = 1e-6f }).Fit(rows);

        Assert.That(collapsed.History[^1].Training.Terms["variance"], Is.GreaterThan(0.9));
        Assert.That(model.History[^1].Training.Terms["variance"], Is.LessThan(0.5));
    }

    private static VicRegOptions Options => new()
    {
        CodeSize = 3,
        Network = Network.Dense(32),
        Expander = [32, 8],
        Corruption = Corruption.Gaussian(0.3f),
        Scaling = InputScaling.Standardize,
        Training = new() { Epochs = 30, BatchSize = 64, LearningRate = 3e-3f, Seed = 7 },
    };

    private static float[][] Codes(AutoencoderTransformer model, IDataView rows) =>
        [.. model.Transform(rows).GetColumn<float[]>("Code")];

    private static double SquaredDistance(float[] one, float[] other) =>
        one.Zip(other, (x, y) => ((double)x - y) * (x - y)).Sum();

    private AutoencoderEstimator Make(VicRegOptions options) =>
        _ml.Transforms.Autoencoders.VicReg("Code", "Features", options);
}
