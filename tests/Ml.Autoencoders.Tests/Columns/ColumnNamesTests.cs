using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>Names of columns, checked when the estimator is made.</summary>
internal sealed class ColumnNamesTests
{
    private readonly AutoencoderCatalog _catalog = new MLContext().Transforms.Autoencoders;

    [Test]
    public void An_output_name_is_needed() =>
        Assert.That(() => _catalog.Plain(null!, "Features"),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("outputColumnName"));

    [Test]
    public void The_input_name_is_the_output_name_where_there_is_none()
    {
        var ml = new MLContext();
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Features", null, Stage.Options())
            .Fit(Rows.View(ml, 20));
        Assert.That((model.InputColumnName, model.OutputColumnName), Is.EqualTo(("Features", "Features")));
        Assert.That((model.ReconstructionColumnName, model.ErrorColumnName), Is.EqualTo(("Clean", "Error")));
    }

    [TestCase("", "Features", null, null, "outputColumnName")]
    [TestCase("Code", " ", null, null, "inputColumnName")]
    [TestCase("Code", "Features", "", null, "ReconstructionColumnName")]
    [TestCase("Code", "Features", null, "\t", "ErrorColumnName")]
    public void A_name_is_more_than_white_space(string code, string input, string? reconstruction, string? error,
        string option) =>
        Assert.That(() => _catalog.Plain(code, input,
            new() { ReconstructionColumnName = reconstruction, ErrorColumnName = error }),
            Throws.ArgumentException.With.Message.EqualTo($"PlainOptions: {option} is empty or white space."));

    [TestCase("Code", null, "ReconstructionColumnName is 'Code'")]
    [TestCase(null, "Code", "ErrorColumnName is 'Code'")]
    [TestCase("Same", "Same", "ErrorColumnName is 'Same'")]
    public void Two_outputs_cannot_have_one_name(string? reconstruction, string? error, string twice) =>
        Assert.That(() => _catalog.Plain("Code", "Features",
            new() { ReconstructionColumnName = reconstruction, ErrorColumnName = error }),
            Throws.ArgumentException.With.Message.EqualTo(
                $"PlainOptions: {twice}, as another output column is; each needs its own name."));

    [Test]
    public void A_catalog_needs_a_context() =>
        Assert.That(() => new AutoencoderCatalog((MLContext)null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("context"));
}
