using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>Options that the families share, and those of one alone, are checked when the estimator is made.</summary>
internal sealed class FamilyOptionsTests
{
    private static readonly AutoencoderCatalog Catalog = new(new MLContext(1));

    [TestCase(0)]
    [TestCase(-2)]
    public void A_code_of_nothing_is_refused(int codeSize) =>
        Refused(new() { CodeSize = codeSize },
            $"PlainOptions: CodeSize is {codeSize}; it must be at least 1. (Parameter 'CodeSize')");

    [Test]
    public void An_unknown_loss_is_refused() =>
        Refused(new() { Loss = (ReconstructionLoss)5 },
            "PlainOptions: Loss is 5; it must be one of MeanSquaredError, BinaryCrossEntropy. (Parameter 'Loss')");

    [Test]
    public void An_unknown_scaling_is_refused() =>
        Refused(new() { Scaling = (InputScaling)(-1) },
            "PlainOptions: Scaling is -1; it must be one of None, MinMax, Standardize. (Parameter 'Scaling')");

    [Test]
    public void What_is_needed_and_null_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Catalog.Plain("Code", "In", new PlainOptions { Training = null! }),
                Throws.ArgumentNullException
                .With.Message.EqualTo("PlainOptions: Training is null. (Parameter 'Training')"));
            Assert.That(Catalog.Denoising("Code", "In", new DenoisingOptions { Corruption = null }).Recipe.Corruption,
                Is.EqualTo(Corruption.Masking(0.5f)));
            Assert.That(() => Catalog.Plain(null!),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("outputColumnName"));
            Assert.That(() => new AutoencoderCatalog((MLContext)null!),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("context"));
        });
    }

    [TestCase(-1f, "is -1; it must be at least 0.")]
    [TestCase(float.NaN, "is NaN; it must be a finite number.")]
    [TestCase(float.PositiveInfinity, "is Infinity; it must be a finite number.")]
    public void A_sparsity_weight_that_rewards_size_or_is_no_number_is_refused(float weight, string message) =>
        Assert.That(() => Catalog.Sparse("Code", "In", new SparseOptions { SparsityWeight = weight }),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"SparseOptions: SparsityWeight {message} (Parameter 'SparsityWeight')"));

    [TestCase("")]
    [TestCase("  ")]
    public void A_column_without_a_name_is_refused(string name)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Catalog.Plain(name, "In"),
                Throws.ArgumentException.With.Message.EqualTo(
                    "PlainOptions: outputColumnName is empty or white space."));
            Assert.That(() => Catalog.Plain("Code", name),
                Throws.ArgumentException.With.Message.EqualTo(
                    "PlainOptions: inputColumnName is empty or white space."));
            Assert.That(() => Catalog.Plain("Code", "In", new PlainOptions { ErrorColumnName = name }),
                Throws.ArgumentException.With.Message.EqualTo(
                    "PlainOptions: ErrorColumnName is empty or white space."));
        });
    }

    [Test]
    public void Two_outputs_of_one_name_are_refused() =>
        Assert.That(() => Catalog.Plain("Code", "In",
            new PlainOptions { ReconstructionColumnName = "Same", ErrorColumnName = "Same" }),
            Throws.ArgumentException.With.Message.EqualTo(
                "PlainOptions: ErrorColumnName is 'Same', as another output column is; each needs its own name."));

    [TestCase(0)]
    public void The_short_forms_check_too(int codeSize)
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Catalog.Plain("Code", "In", codeSize), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Catalog.Sparse("Code", "In", codeSize), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Catalog.Denoising("Code", "In", codeSize), Throws.TypeOf<ArgumentOutOfRangeException>());
        });
    }

    private static void Refused(PlainOptions options, string message) =>
        Assert.That(() => Catalog.Plain("Code", "In", options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
}
