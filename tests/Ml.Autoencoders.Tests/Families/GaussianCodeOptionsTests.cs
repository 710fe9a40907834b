using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>What families with normal codes refuse to be told.</summary>
internal sealed class GaussianCodeOptionsTests
{
    private static readonly AutoencoderCatalog Catalog = new(new MLContext(1));

    [Test]
    public void A_variance_of_Bernoulli_variables_is_refused() =>
        Assert.That(() => Catalog.Variational("Code", "In",
            new VariationalOptions { Loss = ReconstructionLoss.BinaryCrossEntropy, OutputVariance = 0.5f }),
            Throws.ArgumentException.With.Message.EqualTo(
                "VariationalOptions: OutputVariance is 0.5, and Loss is BinaryCrossEntropy, which has no variance. " +
                "Leave out one of the two."));

    [TestCase(0f, "is 0; it must be above 0.")]
    [TestCase(-1f, "is -1; it must be above 0.")]
    [TestCase(float.NaN, "is NaN; it must be a finite number.")]
    [TestCase(float.PositiveInfinity, "is Infinity; it must be a finite number.")]
    public void A_variance_is_a_positive_number(float variance, string message) =>
        RequireRefusal(new() { OutputVariance = variance }, $"OutputVariance {message} (Parameter 'OutputVariance')");

    [TestCase(-0.1f, "is -0.1; it must be at least 0.")]
    [TestCase(float.NaN, "is NaN; it must be a finite number.")]
    public void Beta_and_free_bits_are_not_negative(float value, string message)
    {
        RequireRefusal(new() { Beta = value }, $"Beta {message} (Parameter 'Beta')");
        RequireRefusal(new() { FreeBits = value }, $"FreeBits {message} (Parameter 'FreeBits')");
    }

    [Test]
    public void What_is_needed_and_null_is_refused()
    {
        Assert.That(() => Catalog.Variational("Code", "In", new VariationalOptions { Warmup = null! }),
            Throws.ArgumentNullException
            .With.Message.EqualTo("VariationalOptions: Warmup is null. (Parameter 'Warmup')"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Importance_weighting_needs_a_draw(int samples) =>
        Assert.That(() => Catalog.ImportanceWeighted("Code", "In", new ImportanceWeightedOptions { Samples = samples }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                $"ImportanceWeightedOptions: Samples is {samples}; it must be at least 1. (Parameter 'Samples')"));

    [Test]
    public void Columns_of_normal_codes_need_names_of_their_own()
    {
        Assert.That(() => Catalog.Variational("Code", "In",
            new VariationalOptions { LogVarianceColumnName = "Z", SampleColumnName = "Z" }),
            Throws.ArgumentException.With.Message.EqualTo(
                "VariationalOptions: LogVarianceColumnName is 'Z', as another output column is; each needs its own " +
                "name."));
        Assert.That(() => Catalog.Variational("Code", "In",
            new VariationalOptions { EvidenceLowerBoundColumnName = "Code" }),
            Throws.ArgumentException.With.Message.EqualTo(
                "VariationalOptions: EvidenceLowerBoundColumnName is 'Code', as another output column is; each needs " +
                "its own name."));
        Assert.That(() => Catalog.Variational("Code", "In", new VariationalOptions { SampleColumnName = " " }),
            Throws.ArgumentException.With.Message.EqualTo(
                "VariationalOptions: SampleColumnName is empty or white space."));
    }

    private static void RequireRefusal(VariationalOptions options, string message) =>
        Assert.That(() => Catalog.Variational("Code", "In", options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"VariationalOptions: {message}"));
}
