using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>Rows whose label is missing, or is one that was not trained on.</summary>
internal sealed class LabelReaderTests
{
    private readonly MLContext _ml = new();

    [TestCase("")]
    [TestCase("pale")]
    public void A_training_row_without_a_label_is_named(string kind) =>
        Assert.That(() => Conditioned().Fit(LabeledRows.View(_ml, WithRow(1234, kind))),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Kind', training row 1,234: the label is missing, or was unseen when its key was mapped. " +
            "Give every row one of 'bright', 'dark', 'gray', or leave such rows out: " +
            "ml.Data.FilterRowsByMissingValues(data, \"Kind\")."));

    [Test]
    public void A_validation_row_without_a_label_is_named() =>
        Assert.That(() => Conditioned().Fit(LabeledRows.View(_ml, 20), LabeledRows.View(_ml, WithRow(3, "pale"))),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Kind', validation row 3: the label is missing, or was unseen when its key was mapped. " +
                "Give every row one of 'bright', 'dark', or leave such rows out: " +
                "ml.Data.FilterRowsByMissingValues(data, \"Kind\")."));

    [Test]
    public void A_validation_row_with_a_label_that_no_training_row_had_is_named() =>
        Assert.That(() => Conditioned().Fit(LabeledRows.View(_ml, 20), LabeledRows.View(_ml, WithRow(3, "gray"))),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Kind', validation row 3: no training row had the label 'gray', only 'bright', 'dark'. " +
                "Train with rows of it, or leave such rows out."));

    [Test]
    public void A_row_without_a_label_is_named_in_prediction()
    {
        using AutoencoderTransformer model = Conditioned().Fit(LabeledRows.View(_ml, 20));
        const string Message =
            "Column 'Kind', row 1,234: the label is missing, or was unseen when its key was mapped. " +
            "Give every row one of 'bright', 'dark', or leave such rows out: ml.Data.FilterRowsByMissingValues(data, " +
            "\"Kind\").";
        IDataView rows = LabeledRows.View(_ml, WithRow(1234, "pale"));
        Assert.That(() => Bits.OfVectors(model.Transform(rows), "Code"),
            Throws.InvalidOperationException.With.Message.EqualTo(Message));
        Assert.That(() => Bits.OfVectors(model.Decode(model.Encode(rows)), "Reconstruction"),
            Throws.InvalidOperationException.With.Message.EqualTo(Message));
    }

    [Test]
    public void What_the_message_advises_helps()
    {
        using AutoencoderTransformer model = Conditioned().Fit(LabeledRows.View(_ml, 20));
        IDataView rows = _ml.Data.FilterRowsByMissingValues(LabeledRows.View(_ml, WithRow(12, "pale")), "Kind");
        Assert.That(Bits.OfVectors(model.Transform(rows), "Code"), Has.Length.EqualTo(1299));
    }

    [Test]
    public void A_row_with_a_label_that_no_training_row_had_is_named_in_prediction()
    {
        using AutoencoderTransformer model = Conditioned().Fit(LabeledRows.View(_ml, 20));
        IDataView rows = LabeledRows.View(_ml, WithRow(5, "gray"));
        Assert.That(() => Bits.OfVectors(model.Transform(rows), "Code"),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Kind', row 5: no training row had the label 'gray', only 'bright', 'dark'. Train with rows of " +
            "it, or leave such rows out."));
    }

    [TestCase("pale", "the label is missing")]
    [TestCase("gray", "no training row had the label 'gray'")]
    public void A_prediction_engine_says_so_too(string kind, string what)
    {
        using AutoencoderTransformer model = Conditioned().Fit(LabeledRows.View(_ml, 20));
        PredictionEngine<LabeledRow, Scored> engine =
            _ml.Model.CreatePredictionEngine<LabeledRow, Scored>(LabeledRows.Keys(_ml).Append(model));
        LabeledRow row = LabeledRows.Make(1)[0];
        row.Kind = kind;
        Assert.That(() => engine.Predict(row),
            Throws.InvalidOperationException.With.Message.StartsWith($"Column 'Kind', row 0: {what}"));
    }

    [Test]
    public void A_label_that_only_rows_held_out_have_is_not_trained_on()
    {
        // Of two rows one is held out; each has its own label.
        AutoencoderEstimator estimator = Conditioned(new() { Epochs = 1, ValidationFraction = 0.5f, Seed = 7 });
        using AutoencoderTransformer model = estimator.Fit(LabeledRows.View(_ml, 2));
        Assert.That(model.Conditions, Has.Count.EqualTo(1));
        Assert.That(model.History[0].Validation, Is.Not.Null);
    }

    private AutoencoderEstimator Conditioned(TrainingOptions? training = null) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Training = training ?? new() { Epochs = 1, Seed = 7 },
            ConditionColumnName = "Kind",
        });

    private static LabeledRow[] WithRow(int row, string kind)
    {
        LabeledRow[] rows = LabeledRows.Make(1300);
        rows[row].Kind = kind;
        return rows;
    }
}
