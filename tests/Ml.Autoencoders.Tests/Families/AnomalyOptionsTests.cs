using Microsoft.ML;
using NUnit.Framework.Constraints;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>Options of the anomaly detectors are checked when the estimator is made.</summary>
internal sealed class AnomalyOptionsTests
{
    private static readonly AnomalyDetectionCatalog.AnomalyDetectionTrainers Trainers = new MLContext(1)
        .AnomalyDetection.Trainers;

    [TestCase(-0.1f, "-0.1")]
    [TestCase(1f, "1")]
    [TestCase(float.NaN, "NaN")]
    public void A_contamination_that_is_no_share_is_refused(float contamination, string told)
    {
        Constraint Refused(string options) => Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo(
                $"{options}: Contamination is {told}; it must be at least 0 and below 1. (Parameter 'Contamination')");
        Assert.Multiple(() =>
        {
            Assert.That(() => Trainers.Autoencoder("Features", contamination: contamination),
                Refused("AutoencoderAnomalyOptions"));
            Assert.That(() => Trainers.VariationalAutoencoder("Features", contamination: contamination),
                Refused("VariationalAnomalyOptions"));
            Assert.That(() => Trainers.VariationalAutoencoder("Features", new() { Contamination = contamination }),
                Refused("VariationalAnomalyOptions"));
        });
    }

    [TestCase(0f)]
    [TestCase(0.999f)]
    public void A_share_is_taken(float contamination) =>
        Assert.That(() => Trainers.Autoencoder(contamination: contamination), Throws.Nothing);

    [TestCase(0)]
    [TestCase(-3)]
    public void A_score_of_no_draws_is_refused(int draws) =>
        Assert.That(() => Trainers.VariationalAutoencoder("Features", new() { Draws = draws }),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo(
                $"VariationalAnomalyOptions: Draws is {draws}; it must be at least 1. (Parameter 'Draws')"));

    [Test]
    public void A_variance_that_is_none_or_that_nothing_has_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => Trainers.VariationalAutoencoder("Features", new() { OutputVariance = 0 }),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo(
                "VariationalAnomalyOptions: OutputVariance is 0; it must be above 0. (Parameter 'OutputVariance')"));
        Assert.That(() => Trainers.VariationalAutoencoder("Features",
            new() { OutputVariance = 0.5f, Loss = ReconstructionLoss.BinaryCrossEntropy }),
            Throws.ArgumentException.With.Message.EqualTo(
                "VariationalAnomalyOptions: OutputVariance is 0.5, and Loss is BinaryCrossEntropy, which has no " +
                "variance. Leave out one of the two."));
    });

    [Test]
    public void What_only_a_score_that_sees_the_code_needs_is_refused_with_another() => Assert.Multiple(() =>
    {
        const string End = ", and Score is ReconstructionError, which does not see the code. Set Score to " +
            "CodeDistance or Both.";
        Assert.That(() => Trainers.Autoencoder("Features",
            new() { Score = AnomalyScoreKind.ReconstructionError, TrimmedShare = 0.25f }),
            Throws.ArgumentException.With.Message.EqualTo("AutoencoderAnomalyOptions: TrimmedShare is 0.25" + End));
        Assert.That(() => Trainers.Autoencoder("Features",
            new() { Score = AnomalyScoreKind.ReconstructionError, CodePartColumnName = "Part" }),
            Throws.ArgumentException.With.Message.EqualTo(
                "AutoencoderAnomalyOptions: CodePartColumnName is 'Part'" + End));
        Assert.That(() => Trainers.Autoencoder("Features",
            new() { Score = AnomalyScoreKind.Both, TrimmedShare = 1 }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "AutoencoderAnomalyOptions: TrimmedShare is 1; it must be at least 0 and below 1. " +
                "(Parameter 'TrimmedShare')"));
        Assert.That(() => Trainers.Autoencoder("Features", new() { Score = (AnomalyScoreKind)7 }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "AutoencoderAnomalyOptions: Score is 7; it must be one of ReconstructionError, CodeDistance, Both. " +
                "(Parameter 'Score')"));
    });

    [Test]
    public void A_code_too_long_for_a_covariance_is_refused_where_the_score_takes_one() => Assert.Multiple(() =>
    {
        string Message(int size, string score) => $"AutoencoderAnomalyOptions: CodeSize is {size}, and Score is " +
            $"{score}, which takes the inverse of the codes' covariance; it must be at most 1024. (Parameter " +
            "'CodeSize')";
        Assert.That(() => Trainers.Autoencoder("Features", codeSize: 20_000),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(Message(20_000, "Both")));
        Assert.That(() => Trainers.Autoencoder("Features",
            new() { CodeSize = 1_025, Score = AnomalyScoreKind.CodeDistance }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(Message(1_025, "CodeDistance")));
        Assert.That(() => Trainers.Autoencoder("Features", codeSize: 1_024), Throws.Nothing);
        Assert.That(() => Trainers.Autoencoder("Features",
            new() { CodeSize = 20_000, Score = AnomalyScoreKind.ReconstructionError }), Throws.Nothing);
        Assert.That(() => Trainers.VariationalAutoencoder("Features", codeSize: 20_000), Throws.Nothing);
    });

    [Test]
    public void What_is_needed_and_null_is_refused() => Assert.Multiple(() =>
    {
        Assert.That(() => Trainers.Autoencoder(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("featureColumnName"));
        Assert.That(() => Trainers.Autoencoder("Features", null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("options"));
        Assert.That(() => Trainers.VariationalAutoencoder("Features", null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("options"));
        Assert.That(() => AutoencoderAnomalyCatalogExtensions.Autoencoder(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("catalog"));
    });

    [Test]
    public void A_corruption_that_makes_rows_of_another_size_is_refused() =>
        Assert.That(() => Trainers.Autoencoder("Features", new() { Corruption = Corruption.Downscale(2) }),
            Throws.ArgumentException.With.Message.EqualTo(
            "AutoencoderAnomalyOptions: Corruption.Downscale makes rows of another size, which cannot be compared " +
            "with their reconstruction."));

    [TestCase("Score")]
    [TestCase("PredictedLabel")]
    public void A_column_with_the_name_of_one_that_every_detector_has_is_refused(string name)
    {
        string Message(string option) =>
            $"AutoencoderAnomalyOptions: {option} is '{name}', as another output column is; each needs its own name.";
        Assert.Multiple(() =>
        {
            Assert.That(() => Trainers.Autoencoder("Features", new() { CodeColumnName = name }),
                Throws.ArgumentException.With.Message.EqualTo(Message("CodeColumnName")));
            Assert.That(() => Trainers.Autoencoder("Features", new() { ReconstructionColumnName = name }),
                Throws.ArgumentException.With.Message.EqualTo(Message("ReconstructionColumnName")));
            Assert.That(() => Trainers.Autoencoder("Features", new() { FeatureErrorsColumnName = name }),
                Throws.ArgumentException.With.Message.EqualTo(Message("FeatureErrorsColumnName")));
        });
    }

    [TestCase("")]
    [TestCase(" ")]
    public void A_column_without_a_name_is_refused(string name)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Trainers.VariationalAutoencoder(name),
                Throws.ArgumentException.With.Message.EqualTo(
                    "VariationalAnomalyOptions: featureColumnName is empty or white space."));
            Assert.That(() => Trainers.VariationalAutoencoder("Features", new() { CodeColumnName = name }),
                Throws.ArgumentException.With.Message.EqualTo(
                    "VariationalAnomalyOptions: CodeColumnName is empty or white space."));
            Assert.That(() => Trainers.VariationalAutoencoder("Features", new() { ConditionColumnName = name }),
                Throws.ArgumentException.With.Message.EqualTo(
                    "VariationalAnomalyOptions: ConditionColumnName is empty or white space."));
        });
    }

    [Test]
    public void The_features_cannot_be_their_own_condition() =>
        Assert.That(() => Trainers.Autoencoder("Features", new() { ConditionColumnName = "Features" }),
            Throws.ArgumentException.With.Message.EqualTo(
            "AutoencoderAnomalyOptions: ConditionColumnName is 'Features', the column that is encoded; it must be a " +
            "separate key column."));
}
