using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Labels given to calls on arrays, and what is said of others.</summary>
internal sealed class DirectConditionTests
{
    private const string Parameter = " (Parameter 'condition')";

    private readonly MLContext _ml = new();
    private readonly float[][] _rows = [.. LabeledRows.Make(2).Select(row => row.Features)];
    private readonly float[][] _codes = [[1, 2, 3], [3, 2, 1]];
    private AutoencoderTransformer _conditioned = null!;
    private AutoencoderTransformer _plain = null!;

    [OneTimeSetUp]
    public void Fit()
    {
        PlainOptions Options(string? condition) => new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Training = Small.Training(),
            ConditionColumnName = condition,
        };
        IDataView rows = LabeledRows.View(_ml, 40);
        _conditioned = _ml.Transforms.Autoencoders.Plain("Code", "Features", Options("Kind")).Fit(rows);
        _plain = _ml.Transforms.Autoencoders.Plain("Code", "Features", Options(null)).Fit(rows);
    }

    [OneTimeTearDown]
    public void Dispose()
    {
        _conditioned.Dispose();
        _plain.Dispose();
    }

    [Test]
    public void Without_a_condition_the_labels_to_choose_from_are_named() => RequireRefusal(
        "The autoencoder is conditioned on column 'Kind', and no condition is given. Give one of 'bright', 'dark'."
        + Parameter,
        () => _conditioned.Encode(_rows),
        () => _conditioned.Encode(_rows[0]),
        () => _conditioned.Decode(_codes),
        () => _conditioned.Decode(_codes[0]),
        () => _conditioned.Decode(_codes, null!),
        () => _conditioned.Reconstruct(_rows),
        () => _conditioned.Reconstruct(_rows[0]));

    [TestCase("red")]
    [TestCase("Bright")]
    [TestCase("")]
    public void An_unknown_label_is_named(string label) => RequireUnknown(label);

    [Test]
    public void A_label_that_the_key_knows_and_no_training_row_had_is_unknown() => RequireUnknown("gray");

    [Test]
    public void A_condition_is_of_no_use_to_a_model_without_one() => RequireRefusal(
        "The condition is 'bright', and the autoencoder was trained without one. Leave it out, or train with " +
        "ConditionColumnName set." + Parameter,
        () => _plain.Encode(_rows, "bright"),
        () => _plain.Decode(_codes, "bright"),
        () => _plain.Reconstruct(_rows, "bright"));

    [Test]
    public void Codes_in_a_view_need_their_labels_beside_them()
    {
        IDataView codes = _ml.Transforms.SelectColumns("Code").Fit(Encoded()).Transform(Encoded());
        Assert.That(() => _conditioned.Decode(codes), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Could not find condition column 'Kind' among 'Code'. (Parameter 'inputSchema')"));

        IDataView Encoded() => _conditioned.Encode(LabeledRows.View(_ml, 5));
    }

    [Test]
    public void Codes_in_a_view_are_decoded_each_with_its_own_label()
    {
        float[][] found = [.. _conditioned.Decode(_conditioned.Encode(LabeledRows.View(_ml, 2)), "Row")
            .GetColumn<float[]>("Row")];
        Assert.That(found[0], Is.EqualTo(_conditioned.Reconstruct(_rows, "bright")[0]).Within(1e-5));
        Assert.That(found[1], Is.EqualTo(_conditioned.Reconstruct(_rows, "dark")[1]).Within(1e-5));
    }

    private void RequireUnknown(string label) => RequireRefusal(
        $"The condition is '{label}', a label that no training row had in column 'Kind'. Give one of 'bright', 'dark'."
        + Parameter,
        () => _conditioned.Encode(_rows, label),
        () => _conditioned.Decode(_codes, label),
        () => _conditioned.Reconstruct(_rows, label));

    private static void RequireRefusal(string message, params Action[] calls)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Action call in calls)
                Assert.That(call, Throws.ArgumentException.With.Message.EqualTo(message));
        }
    }
}
