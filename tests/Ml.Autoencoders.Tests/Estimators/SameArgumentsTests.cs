using System.Reflection;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>A label and a seed are given in one way, wherever they are given.</summary>
internal sealed class SameArgumentsTests
{
    private readonly LevelRows.LevelRow[] _rows = LevelRows.Make(60);
    private AutoencoderTransformer _model = null!;
    private IDataView _view = null!;

    private static IEnumerable<ParameterInfo> Parameters =>
        new[] { typeof(AutoencoderTransformer), typeof(CodeMixture) }
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .SelectMany(method => method.GetParameters());

    [OneTimeSetUp]
    public void Fit()
    {
        var ml = new MLContext(seed: 1);
        _view = LevelRows.Keyed(ml, _rows);
        _model = Fitted(ml);
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void A_condition_is_a_label_that_may_be_left_out_and_comes_last()
    {
        ParameterInfo[] conditions =
            [.. Parameters.Where(parameter => parameter.Name!.Contains("condition", StringComparison.OrdinalIgnoreCase)
            || parameter.Name.Contains("label", StringComparison.OrdinalIgnoreCase))];
        Assert.That(conditions.Select(parameter => parameter.Member.Name).Distinct(),
            Is.EquivalentTo([nameof(_model.Encode), nameof(_model.EncodeHidden), nameof(_model.Decode),
            nameof(_model.Reconstruct), nameof(_model.Sample), nameof(_model.Interpolate), nameof(_model.LatentGrid),
            nameof(_model.Traverse)]));
        foreach (ParameterInfo condition in conditions)
        {
            Assert.That((condition.Name, condition.ParameterType, condition.HasDefaultValue, condition.DefaultValue),
                Is.EqualTo(("condition", typeof(string), true, (object?)null)), condition.Member.ToString());
            Assert.That(condition.Position, Is.EqualTo(((MethodInfo)condition.Member).GetParameters().Length - 1),
                condition.Member.ToString());
        }
    }

    [Test]
    public void A_seed_may_be_left_out_everywhere()
    {
        ParameterInfo[] seeds =
            [.. Parameters.Where(parameter => parameter.Name!.Contains("seed", StringComparison.OrdinalIgnoreCase))];
        Assert.That(seeds, Has.Length.EqualTo(4));
        foreach (ParameterInfo seed in seeds)
            Assert.That((seed.Name, seed.ParameterType, seed.HasDefaultValue, seed.DefaultValue),
                Is.EqualTo(("seed", typeof(int?), true, (object?)null)), seed.Member.ToString());
    }

    [Test]
    public void A_row_alone_takes_a_condition_as_rows_do()
    {
        float[] row = _rows[0].Features;
        foreach (string label in new[] { LevelRows.Low, LevelRows.High })
        {
            float[] code = _model.Encode(row, label);
            Assert.That(code, Is.EqualTo(_model.Encode([row], label)[0]));
            Assert.That(_model.Decode(code, label), Is.EqualTo(_model.Decode([code], label)[0]));
            Assert.That(_model.Reconstruct(row, label), Is.EqualTo(_model.Reconstruct([row], label)[0]));
        }
        Assert.That(_model.Encode(row, LevelRows.Low), Is.Not.EqualTo(_model.Encode(row, LevelRows.High)));
        Assert.That(() => _model.Encode(row), Throws.ArgumentException.With.Message.Contains("'Level'"));
    }

    [Test]
    public void A_mixture_starts_from_the_seed_of_the_fit_where_none_is_given()
    {
        double[] means = [.. _model.FitMixture(_view, 3).Means.SelectMany(mean => mean)];
        Assert.That(means, Is.EqualTo(_model.FitMixture(_view, 3, seed: 5).Means.SelectMany(mean => mean)));
        Assert.That(means, Is.Not.EqualTo(_model.FitMixture(_view, 3, seed: 6).Means.SelectMany(mean => mean)));
    }

    [Test]
    public void Draws_without_a_seed_differ_and_follow_the_context()
    {
        CodeMixture mixture = _model.FitMixture(_view, 2);
        int[][] first = Bits.Of(mixture.Sample(3));
        Assert.That(Bits.Of(mixture.Sample(3)), Is.Not.EqualTo(first));
        using AutoencoderTransformer one = Fitted(new MLContext(seed: 9));
        using AutoencoderTransformer same = Fitted(new MLContext(seed: 9));
        Assert.That(Bits.Of(one.FitMixture(_view, 2).Sample(3)),
            Is.EqualTo(Bits.Of(same.FitMixture(_view, 2).Sample(3))));
    }

    private AutoencoderTransformer Fitted(MLContext ml) =>
        ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            ConditionColumnName = "Level",
            CodeSize = 2,
            Network = Small.Network,
            Training = new() { Epochs = 3, BatchSize = 16, Seed = 5 },
        }).Fit(_view);
}
