namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Scores of rows that are given by themselves.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void A_row_by_itself_has_the_score_that_it_has_in_a_view()
    {
        using AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Scaling), InputScaling.Standardize));
        Row[] rows = Rows.Make(60, seed: 9);
        rows[7].Features[4] = float.NaN;
        rows[11].Features[2] = float.PositiveInfinity;
        float[] expected = ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows)));

        float[] found = [.. rows.Select(row => model.Score(row.Features))];

        Assert.That(Bits.Of(found), Is.EqualTo(Bits.Of(expected)));
        Assert.That((found[7], found[11]), Is.EqualTo((float.NaN, float.PositiveInfinity)));
    }

    [Test]
    public void Where_torch_scores_a_row_by_itself_has_the_score_that_it_has_among_others()
    {
        LabeledRow[] rows = LabeledRows.Make(40, seed: 9);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
            (nameof(AnomalyOptions.ConditionColumnName), "Kind"),
            (nameof(AnomalyOptions.Network),
                Network.Compose(layers => layers.Tanh().Reshape(1, 3, 4).Convolution(5).Relu().Convolution(9))))
                .Fit(LabeledRows.View(_ml, 40));

        float[] found = [.. rows.Select(row => model.Score(row.Features, row.Kind))];

        Assert.That(Bits.Of(found), Is.EqualTo(Bits.OfNumbers(model.Transform(LabeledRows.View(_ml, rows)), "Score")));
    }

    [Test]
    public void Several_threads_score_rows_at_once()
    {
        using AutoencoderAnomalyTransformer fitted = FitFull();
        using var model = (AutoencoderAnomalyTransformer)SaveAndLoad(fitted, Rows.View(_ml, 1).Schema);
        Row[] rows = Rows.Make(400, seed: 9);
        var found = new float[rows.Length];

        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => found[i] = model.Score(rows[i].Features));

        Assert.That(Bits.Of(found),
            Is.EqualTo(Bits.OfNumbers(fitted.Transform(_ml.Data.LoadFromEnumerable(rows)), "Score")));
    }

    [Test]
    public void A_row_is_scored_with_the_condition_that_is_given()
    {
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
            (nameof(AnomalyOptions.ConditionColumnName), "Kind"),
            (nameof(AnomalyOptions.Training), Small.Training(epochs: 30))).Fit(LabeledRows.View(_ml, 60));
        LabeledRow[] rows = LabeledRows.Make(20, seed: 9);

        Assert.That(rows.Select(row => model.Score(row.Features, row.Kind)),
            Is.EqualTo(ScoresOf(model.Transform(LabeledRows.View(_ml, rows)))));
        Assert.That(rows.Average(row => model.Score(row.Features, row.Kind == "dark" ? "bright" : "dark")),
            Is.Not.EqualTo(rows.Average(row => model.Score(row.Features, row.Kind))).Within(1).Percent);
        Assert.That(() => model.Score(rows[0].Features), Throws.ArgumentException.With.Message.EqualTo(
            "The autoencoder is conditioned on column 'Kind', and no condition is given. Give one of 'bright', " +
            "'dark'. (Parameter 'condition')"));
        Assert.That(() => model.Score(rows[0].Features, "gray"), Throws.ArgumentException.With.Message.EqualTo(
            "The condition is 'gray', a label that no training row had in column 'Kind'. Give one of 'bright', " +
            "'dark'. (Parameter 'condition')"));
    }

    [Test]
    public void A_row_that_cannot_be_scored_is_refused()
    {
        AutoencoderAnomalyTransformer model = FitFull();
        float[] row = Rows.Make(1)[0].Features;
        Assert.Multiple(() =>
        {
            Assert.That(() => model.Score(null!), Throws.ArgumentNullException
                .With.Property("ParamName").EqualTo("row"));
            Assert.That(() => model.Score([1, 2, 3]), Throws.ArgumentException.With.Message.EqualTo(
                "Column 'Features' of the row has 3 numbers; it needs 12. (Parameter 'row')"));
            Assert.That(() => model.Score(row, "bright"), Throws.ArgumentException.With.Message.EqualTo(
                "The condition is 'bright', and the autoencoder was trained without one. Leave it out, or train with " +
                "ConditionColumnName set. (Parameter 'condition')"));
        });
        model.Dispose();
        Assert.That(() => model.Score(row),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
    }
}
