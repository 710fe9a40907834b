using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>What a score is made of.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void The_parts_of_slots_and_code_add_up_to_the_score_or_the_column_has_errors(
        [Values] ReconstructionLoss loss)
    {
        using AutoencoderAnomalyTransformer model = Exported(loss, isConditioned: false);
        Row[] rows = Rows.Make(30, seed: 9);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[] scores = ScoresOf(scored);
        float[] sums = [.. scored.GetColumn<float[]>("Errors").Select(row => row.Sum())];
        float[]? parts = detector.HasCodePart ? [.. scored.GetColumn<float>("Part")] : null;
        Assert.That((model.ScoreKind, model.CodePartColumnName),
            Is.EqualTo((detector.Kind, detector.HasCodePart ? "Part" : null)));
        switch (detector.Kind)
        {
            case AnomalyScoreKind.Both:
                Assert.That(scores,
                    Is.EqualTo(sums.Zip(parts!, (sum, part) => sum + part)).Within(1e-3).Percent);
                Assert.That(parts!.Zip(scores, (part, score) => part / score), Has.Some.InRange(0.05, 0.95));
                break;
            case AnomalyScoreKind.CodeDistance:
                Assert.That(Bits.Of(scores), Is.EqualTo(Bits.Of(parts!)));
                break;
            case AnomalyScoreKind.ReconstructionError:
                Assert.That(scores, Is.EqualTo(sums.Select(sum => sum / Row.Size)).Within(1e-3).Percent);
                break;
        }
    }

    /// <summary>Over the rows that they are estimated from, each slot's mean part is 1/D, and the code's is 1, as far
    /// as floors do not count.</summary>
    [Test]
    public void Over_the_training_rows_the_parts_are_of_one_size()
    {
        if (detector.Kind != AnomalyScoreKind.Both)
            return;
        IDataView rows = Rows.View(_ml, 200);
        using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml,
            (nameof(AutoencoderAnomalyOptions.CodePartColumnName), "Part"),
            (nameof(AutoencoderAnomalyOptions.TrimmedShare), 0f), (nameof(AnomalyOptions.CodeSize), 2),
            (nameof(AnomalyOptions.Training), Small.Training(epochs: 20)))
                .Fit(rows);
        IDataView scored = model.Transform(rows);
        float[][] slots = [.. scored.GetColumn<float[]>("Errors")];
        for (int slot = 0; slot < Row.Size; slot++)
            Assert.That(slots.Average(row => row[slot]), Is.EqualTo(1.0 / Row.Size).Within(0.1).Percent);
        // trace((S + r)⁻¹ S) / Z with a ridge r of a hundredth of the mean variance.
        Assert.That(scored.GetColumn<float>("Part").Average(), Is.InRange(0.8, 1));
    }

    [Test]
    public void Rows_that_are_not_kept_give_the_scores_of_rows_that_are()
    {
        if (!detector.HasCodePart)
            return;
        IDataView rows = WideRows.View(_ml);
        AutoencoderAnomalyTransformer Fit(TrainingOptions training) => detector.Make(_ml,
            (nameof(AutoencoderAnomalyOptions.TrimmedShare), 0.2f),
            (nameof(AnomalyOptions.Scaling), InputScaling.None),
            // So small that the weights stay what they were before the first batch.
            (nameof(AnomalyOptions.Training), training with { LearningRate = 1e-30f })).Fit(rows);
        using AutoencoderAnomalyTransformer streamed = Fit(WideRows.Streaming());
        using AutoencoderAnomalyTransformer kept = Fit(WideRows.Training());
        float[] scores = ScoresOf(streamed.Transform(rows));
        Assert.That(scores, Is.EqualTo(ScoresOf(kept.Transform(rows))).Within(0.1).Percent);
        // Of what it is estimated from, four fifths of the rows, the mean distance is 1 for each direction in which
        // codes vary, at least one, divided by their numbers.
        if (detector.Kind == AnomalyScoreKind.CodeDistance)
            Assert.That(scores.Order().Take(scores.Length * 4 / 5).Average(),
                Is.InRange(0.9 / Stage.CodeSize, 1.1));
    }

    [TestCase(3, 2, 4)]
    [TestCase(1, 3, 2)]
    [TestCase(5, 40, 1)]
    [TestCase(20, 1, 1)]
    public void Few_rows_and_constant_columns_are_scored(int count, int codeSize, int varied)
    {
        Row[] rows = [.. Rows.Make(count).Select(row => new Row
        {
            Features = [.. row.Features.Select((x, slot) => slot < varied ? x : 0.5f)],
        })];
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        foreach (InputScaling scaling in Enum.GetValues<InputScaling>())
        {
            using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml,
                (nameof(AnomalyOptions.CodeSize), codeSize), (nameof(AnomalyOptions.Scaling), scaling)).Fit(view);
            Assert.That(ScoresOf(model.Transform(view)), Has.All.Matches<float>(float.IsFinite));
            Assert.That(model.Threshold, Is.AtLeast(ScoresOf(model.Transform(view)).Max() * 0.9f - 1e-6f));
            float[] changed = [.. rows[0].Features];
            changed[^1] += 3;
            Assert.That(model.Score(changed), Is.GreaterThan(model.Score(rows[0].Features)));
        }
    }
}
