using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Options;

/// <summary>
/// Arguments of a trained stage that would cost memory, hours or the process are refused by the
/// call, with name and value.
/// </summary>
internal sealed class ArgumentSweepTests
{
    private readonly MLContext _ml = new(1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() =>
        _model = _ml.Transforms.Autoencoders.Variational("Code", "Features",
            new() { CodeSize = 3, Network = Small.Network, Training = Small.Training(1) })
        .Fit(Rows.View(_ml, 20));

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [TestCase(0, "at least 1")]
    [TestCase(-1, "at least 1")]
    [TestCase(int.MaxValue, "at most 1000000")]
    public void Draws_for_a_likelihood(int samples, string expected) =>
        Refused(() => _model.LogLikelihood(Rows.View(_ml, 2), samples),
            $"LogLikelihood: samples is {samples}; it must be {expected}. (Parameter 'samples')");

    [TestCase(-1, "at least 0")]
    [TestCase(int.MaxValue, "at most 10000000")]
    public void Rows_that_are_drawn(int count, string expected)
    {
        Refused(() => _model.Sample(count, 1), $"Sample: count is {count}; it must be {expected}. (Parameter 'count')");
        CodeMixture mixture = _model.FitMixture(Rows.View(_ml, 20), 2);
        Refused(() => mixture.Sample(count, 1),
            $"CodeMixture.Sample: count is {count}; it must be {expected}. (Parameter 'count')");
    }

    [TestCase(0, "at least 1")]
    [TestCase(int.MaxValue, "at most 1000")]
    public void The_side_of_a_grid(int side, string expected) =>
        Refused(() => _model.LatentGrid(side),
            $"LatentGrid: side is {side}; it must be {expected}. (Parameter 'side')");

    [TestCase(1, "at least 2")]
    [TestCase(int.MaxValue, "at most 10000000")]
    public void Steps_between_two_codes(int steps, string expected) =>
        Refused(() => _model.Interpolate(new float[3], new float[3], steps),
            $"Interpolate: steps is {steps}; it must be {expected}. (Parameter 'steps')");

    [TestCase(1, "at least 2")]
    [TestCase(int.MaxValue, "at most 3333333")]
    public void Steps_along_each_dimension(int steps, string expected) =>
        Refused(() => _model.Traverse(new float[3], steps),
            $"Traverse: steps is {steps}; it must be {expected}. (Parameter 'steps')");

    [TestCase(1, "at least 2")]
    [TestCase(int.MaxValue, "at most 10000000")]
    public void Steps_along_a_direction(int steps, string expected) =>
        Refused(() => _model.Traverse(new float[3], new float[3], steps),
            $"Traverse: steps is {steps}; it must be {expected}. (Parameter 'steps')");

    [TestCase(0, "at least 1")]
    [TestCase(int.MaxValue, "at most 10000")]
    public void Components_of_a_mixture(int components, string expected) =>
        Refused(() => _model.FitMixture(Rows.View(_ml, 2), components),
            $"FitMixture: components is {components}; it must be {expected}. (Parameter 'components')");

    [TestCase("", "is empty or white space.")]
    [TestCase(" ", "is empty or white space.")]
    [TestCase("a\0b", "is 'a\\0b', which holds the character NUL.")]
    public void Paths(string path, string expected)
    {
        Assert.Multiple(() =>
        {
            Refused(() => _model.SaveOnnx(path), $"SaveOnnx: path {expected} (Parameter 'path')");
            Refused(() => _model.SaveWeights(path), $"SaveWeights: path {expected} (Parameter 'path')");
            Refused(() => _model.LoadWeights(path), $"LoadWeights: path {expected} (Parameter 'path')");
        });
    }

    [Test]
    public void Paths_beyond_all_systems() => Refused(() => _model.SaveOnnx(new string('x', 40_000)),
        $"SaveOnnx: path is '{new string('x', 40)}...', which is 40000 characters long; it must be at most 32767. " +
        "(Parameter 'path')");

    [Test]
    public void Paths_that_are_null() =>
        Assert.That(() => _model.SaveWeights(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("path"));

    [TestCase("", "is empty or white space.")]
    [TestCase("a\0b", "is 'a\\0b', which holds the character NUL.")]
    public void Names_of_columns(string name, string expected)
    {
        Assert.Multiple(() =>
        {
            Refused(() => _model.Reconstruct(Rows.View(_ml, 2), name),
                $"Reconstruct: outputColumnName {expected} (Parameter 'outputColumnName')");
            Refused(() => _model.Decode(Rows.View(_ml, 2), name),
                $"Decode: outputColumnName {expected} (Parameter 'outputColumnName')");
            Refused(() => _model.AsDataView([new float[12]], name),
                $"AsDataView: columnName {expected} (Parameter 'columnName')");
        });
    }

    private static void Refused(Action call, string message) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));
}
