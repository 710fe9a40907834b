using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Rows with missing values that are left out.</content>
internal sealed partial class FamilyTests
{
    private static readonly (string, object?)[] LeavesOut =
    [
        (nameof(AutoencoderOptions.MissingValues), MissingValueHandling.LeaveOut),
        (nameof(AutoencoderOptions.ImputedColumnName), "Filled"),
        (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"),
        (nameof(AutoencoderOptions.Scaling), InputScaling.Standardize),
    ];

    [Test]
    public void Gaps_are_filled_from_the_reconstruction_and_count_nowhere()
    {
        AutoencoderTransformer model = Gapped();
        LabeledRow[] rows = Gaps.In(LabeledRows.Make(30, seed: 9));
        IDataView scored = model.Transform(LabeledRows.View(_ml, rows));
        foreach (string column in new[] { "Code", "Clean", "Filled", "Error", "FeatureErrors", "Hidden" })
        {
            Assert.That(ColumnNumbers.Of(scored, column).SelectMany(row => row),
                Has.All.Matches<float>(float.IsFinite), column);
        }
        float[][] clean = ColumnNumbers.Of(scored, "Clean");
        float[][] parts = ColumnNumbers.Of(scored, "FeatureErrors");
        float[][] filled = ColumnNumbers.Of(scored, "Filled");
        float[] errors = [.. scored.GetColumn<float>("Error")];
        for (int i = 0; i < rows.Length; i++)
        {
            float[] row = rows[i].Features;
            Assert.That(filled[i], Is.EqualTo(row.Zip(clean[i], (x, y) => float.IsNaN(x) ? y : x)));
            Assert.That(row.Zip(parts[i]).Where(slot => float.IsNaN(slot.First)).Select(slot => slot.Second),
                Has.All.Zero);
            int there = row.Count(x => !float.IsNaN(x));
            Assert.That(errors[i], Is.EqualTo(parts[i].Sum() / Math.Max(there, 1)).Within(1e-5));
        }
        Assert.That(errors[^1], Is.Zero, "nothing of it is there");
        Assert.That(errors.SkipLast(1), Has.All.GreaterThan(0));
        Assert.That(model.ImputedColumnName, Is.EqualTo("Filled"));
    }

    [Test]
    public void Rows_with_gaps_give_the_same_without_torch_in_ONNX_and_from_a_file([Values] bool isConditioned)
    {
        AutoencoderTransformer model = Gapped(isConditioned);
        LabeledRow[] rows = Gaps.In(LabeledRows.Make(70, seed: 9));
        IDataView view = LabeledRows.View(_ml, rows);
        IDataView expected = model.Transform(view);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, view.Schema);
        foreach (DataViewSchema.Column column in expected.Schema.Skip(view.Schema.Count))
        {
            Assert.That(ColumnNumbers.Of(loaded.Transform(view), column.Name),
                Is.EqualTo(ColumnNumbers.Of(expected, column.Name)), column.Name);
        }

        RequireTorch(model, rows, expected, isConditioned);
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        RequireSame(session.Run("Features", [.. rows.Select(row => row.Features)], isConditioned ? "Kind" : null,
            [.. rows.Select(row => row.Kind == "bright" ? 1u : 2)]), expected);
    }

    [Test]
    public void ML_NET_exports_a_stage_that_takes_gaps([Values] bool isConditioned) =>
        RequireConverted(isConditioned ? LabeledRows.Keys(_ml).Append(Gapped(true)) : Gapped(),
            count =>
            {
                LabeledRow[] rows = Gaps.In(LabeledRows.Make(count, seed: 9));
                return isConditioned ? _ml.Data.LoadFromEnumerable(rows)
                    : _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Features = row.Features }));
            });

    [Test]
    public void A_fit_with_gaps_resumes_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        IDataView rows = Gaps.View(_ml, 60);
        byte[] Weights(TrainingOptions training) => WeightsOf(
            family.Make(_ml, [.. LeavesOut, (nameof(AutoencoderOptions.Training), training)]), rows);
        TrainingOptions whole = Small.Training() with { ValidationFraction = 0.2f };
        byte[] expected = Weights(whole);
        TrainingOptions Saved(Action<TrainingEpoch>? onEpoch) => whole with
        {
            Checkpoint = new(folder.Path, everyEpochs: 1),
            ResumeFrom = folder.Path,
            OnEpoch = onEpoch,
        };
        Assert.That(() => Weights(Saved(epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0)),
            Throws.TypeOf<TimeoutException>());
        Assert.That(Weights(Saved(null)), Is.EqualTo(expected));
    }

    [Test]
    public void Rows_with_gaps_that_are_not_kept_are_learned_from_too()
    {
        Tests.WideRow[] rows = WithGaps(WideRows.Make());
        using AutoencoderTransformer streamed = family.Make(_ml,
            [.. LeavesOut, (nameof(AutoencoderOptions.Training), WideRows.Streaming(epochs: 4))])
            .Fit(WideRows.View(_ml, rows));
        double[] losses = [.. streamed.History.Select(epoch => epoch.Training.Terms["reconstruction"])];
        Assert.That(losses[^1], Is.LessThan(losses[0]));
    }

    [Test]
    public void Rows_with_gaps_are_measured_alike_whether_they_are_kept_or_not()
    {
        Tests.WideRow[] rows = WithGaps(WideRows.Make());
        (AutoencoderTransformer Model, double Loss) Measured(TrainingOptions training)
        {
            AutoencoderTransformer model = family.Make(_ml,
                [.. LeavesOut, (nameof(AutoencoderOptions.Training), training with { LearningRate = 1e-30f })])
                .Fit(WideRows.View(_ml, rows), WideRows.View(_ml, rows));
            return (model, model.History[^1].Validation!.Terms["reconstruction"]);
        }
        (AutoencoderTransformer streamed, double loss) = Measured(WideRows.Streaming());
        (AutoencoderTransformer kept, double expected) = Measured(WideRows.Training());
        using (streamed)
        using (kept)
        {
            Assert.That(streamed.Model.Scaler!.Offset.Floats(),
                Is.EqualTo(kept.Model.Scaler!.Offset.Floats()).Within(1e-5));
            Assert.That(streamed.Model.Scaler!.Scale.Floats(),
                Is.EqualTo(kept.Model.Scaler!.Scale.Floats()).Within(1e-5));
            Assert.That(loss, Is.EqualTo(expected).Within(2).Percent);
        }
    }

    private static Tests.WideRow[] WithGaps(Tests.WideRow[] rows)
    {
        var random = new Random(4);
        foreach (Tests.WideRow row in rows)
            row.Features = [.. row.Features.Select(x => random.Next(5) == 0 ? float.NaN : x)];
        return rows;
    }

    /// <summary>A model that takes gaps, with every column.</summary>
    private AutoencoderTransformer Gapped(bool isConditioned = false)
    {
        string name = $"gaps {isConditioned}";
        if (!_exported.TryGetValue(name, out AutoencoderTransformer? model))
        {
            _exported.Add(name, model = family.MakeFull(_ml,
                [.. EveryColumn(family), .. LeavesOut,
                    (Condition, isConditioned ? "Kind" : null)])
                .Fit(Gaps.View(_ml, 60)));
        }
        return model;
    }

    private static void RequireTorch(AutoencoderTransformer model, LabeledRow[] rows, IDataView found,
        bool isConditioned)
    {
        using var scope = NewDisposeScope();
        Tensor values = tensor(rows.SelectMany(row => row.Features).ToArray(), [rows.Length, Row.Size]);
        Tensor labels = tensor(rows.Select(row => row.Kind == "bright" ? 0L : 1).ToArray());
        TorchPrediction expected = model.Model.Score(new RowBatch(values, isConditioned ? labels : null));
        Assert.That(model.Model.Obstacle, Is.Null);
        foreach ((string column, ManagedOutput output) in new[]
        {
            ("Code", ManagedOutput.Code), ("Clean", ManagedOutput.Reconstruction), ("Filled", ManagedOutput.Imputed),
            ("Error", ManagedOutput.Error), ("FeatureErrors", ManagedOutput.FeatureErrors),
            ("Hidden", ManagedOutput.Hidden),
        })
        {
            Assert.That(ColumnNumbers.Of(found, column).SelectMany(row => row),
                Is.EqualTo(expected.Of(output).Floats()).Within(1e-4).Or.EqualTo(expected.Of(output).Floats())
                    .Within(0.01).Percent, column);
        }
    }
}
