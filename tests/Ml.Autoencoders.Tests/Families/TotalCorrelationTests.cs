using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Families;

internal sealed class TotalCorrelationTests
{
    private readonly MLContext _ml = new(1);

    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("MutualInformationWeight", new() { MutualInformationWeight = -1 },
            "is -1; it must be at least 0.");
        yield return Case("Beta", new() { Beta = -0.5f }, "is -0.5; it must be at least 0.");
        yield return Case("Beta", new() { Beta = float.NaN }, "is NaN; it must be a finite number.");
        yield return Case("DimensionWiseWeight", new() { DimensionWiseWeight = float.PositiveInfinity },
            "is Infinity; it must be a finite number.");

        static TestCaseData Case(string name, TotalCorrelationOptions options, string message) =>
            new TestCaseData(options, $"TotalCorrelationOptions: {name} {message} (Parameter '{name}')")
                .SetArgDisplayNames($"{name} {message}");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void A_weight_out_of_its_range_is_refused(TotalCorrelationOptions options, string message) =>
        Assert.That(() => Make(options), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));

    [Test]
    public void A_large_beta_makes_the_numbers_of_a_code_independent()
    {
        // Rows on a circle: the two numbers that describe it best depend on each other.
        double bound = Dependence(beta: 1);
        double independent = Dependence(beta: 30);

        Assert.That(bound, Is.GreaterThan(0.25));
        Assert.That(independent, Is.LessThan(bound / 3));
    }

    [Test]
    public void History_tells_the_parts_and_their_weighted_sum()
    {
        using AutoencoderTransformer model = Make(new()
        {
            CodeSize = 2,
            MutualInformationWeight = 2,
            Beta = 7,
            DimensionWiseWeight = 3,
            Network = Small.Network,
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 50));

        foreach (EpochLoss loss in model.History.Select(epoch => epoch.Training))
        {
            Assert.That(loss.Total, Is.EqualTo(loss.Terms["reconstruction"] + 2 * loss.Terms["mutual information"]
                + 7 * loss.Terms["total correlation"] + 3 * loss.Terms["dimension-wise kl"]).Within(1e-9));
        }
    }

    private double Dependence(float beta)
    {
        using AutoencoderTransformer model = Make(new()
        {
            CodeSize = 2,
            Beta = beta,
            OutputVariance = 0.1f,
            SampleColumnName = "Sample",
            Network = Network.Dense(32),
            Training = new()
            {
                Epochs = 30,
                BatchSize = 64,
                LearningRate = 1e-2f,
                Schedule = LearningRateSchedule.Cosine(),
                Seed = 7,
            },
        }).Fit(Circle(300, seed: 1));
        return Codes.Dependence(model.Transform(Circle(1000, seed: 2)).GetColumn<float[]>("Sample"));
    }

    private IDataView Circle(int count, int seed)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            double angle = 2 * Math.PI * random.NextDouble();
            return new Row
            {
                Features = [.. Enumerable.Range(0, Row.Size)
                    .Select(j => (float)(Math.Cos(angle) * Math.Sin(j + 1) + Math.Sin(angle) * Math.Cos(2 * j)))],
            };
        }).ToArray());
    }

    private AutoencoderEstimator Make(TotalCorrelationOptions options) =>
        _ml.Transforms.Autoencoders.TotalCorrelation("Code", "Features", options);
}
