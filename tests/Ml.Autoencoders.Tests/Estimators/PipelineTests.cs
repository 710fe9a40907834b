using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>A stage among ML.NET's own.</summary>
internal sealed class PipelineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void A_classifier_learns_from_codes_and_can_be_cross_validated()
    {
        IDataView rows = Rows.View(_ml, 200);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Digit", "Label")
            .Append(Stage.Make(_ml, Small.Training(epochs: 20)))
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Digit", "Code"));
        var folds = _ml.MulticlassClassification.CrossValidate(rows, pipeline, numberOfFolds: 2,
            labelColumnName: "Digit");
        Assert.That(folds, Has.Count.EqualTo(2));
        // The label says which of the two directions in which rows vary is the stronger; guessing gives a half.
        Assert.That(folds.Average(fold => fold.Metrics.MicroAccuracy), Is.GreaterThan(0.8));
        foreach (var fold in folds)
            (fold.Model as IDisposable)?.Dispose();
    }

    [Test]
    public void A_cached_view_holds_the_same_and_runs_the_stage_once()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        var source = new CountingView(Rows.View(_ml, 600));
        int[][] expected = Bits.OfVectors(model.Transform(source), "Code");
        int before = source.RowsRead;
        IDataView cached = _ml.Data.Cache(model.Transform(source), "Code");
        Assert.That(Bits.OfVectors(cached, "Code"), Is.EqualTo(expected));
        Assert.That(Bits.OfVectors(cached, "Code"), Is.EqualTo(expected));
        Assert.That(source.RowsRead - before, Is.EqualTo(600));
    }

    [Test]
    public void A_preview_shows_the_columns()
    {
        DataDebuggerPreview preview = Stage.Make(_ml).Preview(Rows.View(_ml, 40), maxRows: 5, maxTrainingRows: 20);
        Assert.That(preview.ColumnView.Select(column => column.Column.Name),
            Is.EqualTo(new[] { "Features", "Label", "Name", "Code", "Clean", "Error" }));
        Assert.That(preview.RowView, Has.Length.EqualTo(5));
    }

    [Test]
    public void Rows_can_be_taken_skipped_filtered_and_split_behind_the_stage()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView scored = model.Transform(Rows.View(_ml, 700));
        (string Name, float Error)[] all = NamesAndErrors(scored);
        Assert.That(NamesAndErrors(_ml.Data.TakeRows(scored, 530)), Is.EqualTo(all[..530]));
        Assert.That(NamesAndErrors(_ml.Data.SkipRows(scored, 530)), Is.EqualTo(all[530..]));
        float middle = all.Select(row => row.Error).Order().ElementAt(350);
        (string, float)[] below = NamesAndErrors(_ml.Data.FilterRowsByColumn(scored, "Error", upperBound: middle));
        Assert.That(below, Is.EqualTo(all.Where(row => row.Error < middle)).And.Length.EqualTo(350));
        DataOperationsCatalog.TrainTestData split = _ml.Data.TrainTestSplit(scored, 0.3);
        Assert.That(NamesAndErrors(split.TrainSet).Concat(NamesAndErrors(split.TestSet)), Is.EquivalentTo(all));
    }

    [Test]
    public void Shuffled_rows_keep_their_outputs_with_their_inputs()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        (string, float)[] expected = NamesAndErrors(model.Transform(Rows.View(_ml, 700)));
        (string, float)[] before = NamesAndErrors(model.Transform(_ml.Data.ShuffleRows(Rows.View(_ml, 700))));
        (string, float)[] behind = NamesAndErrors(_ml.Data.ShuffleRows(model.Transform(Rows.View(_ml, 700))));
        Assert.That(behind, Is.EquivalentTo(expected).And.Not.EqualTo(expected));
        Assert.That(before.Select(row => row.Item1), Is.Not.EqualTo(expected.Select(row => row.Item1)));
        Dictionary<string, float> errors = expected.ToDictionary(row => row.Item1, row => row.Item2,
            StringComparer.Ordinal);
        foreach ((string name, float error) in before)
            Assert.That(error, Is.EqualTo(errors[name]).Within(1e-6));
    }

    [Test]
    public void A_prediction_engine_predicts_row_after_row()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        Row[] rows = Rows.Make(3, seed: 5);
        PredictionEngine<Row, Scored> engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Scored first = engine.Predict(rows[0]);
        Scored second = engine.Predict(rows[1]);
        Scored again = engine.Predict(rows[0]);
        Assert.That((Bits.Of(again.Code), Bits.Of(again.Clean), again.Error),
            Is.EqualTo((Bits.Of(first.Code), Bits.Of(first.Clean), first.Error)));
        Assert.That(second.Code, Is.Not.EqualTo(first.Code));
        var reused = new Scored();
        engine.Predict(rows[1], ref reused);
        Assert.That(reused.Code, Is.EqualTo(second.Code));
    }

    [Test]
    public void A_prediction_engine_can_ignore_columns_that_are_not_there()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new() { CodeSize = 3, Network = Small.Network, Training = Small.Training() }).Fit(Rows.View(_ml, 20));
        PredictionEngine<Row, Scored> engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model,
            ignoreMissingColumns: true);
        Scored scored = engine.Predict(Rows.Make(1)[0]);
        Assert.That(scored.Code, Has.Length.EqualTo(3));
        Assert.That(scored.Clean, Is.Empty);
        Assert.That(() => _ml.Model.CreatePredictionEngine<Row, Scored>(model, ignoreMissingColumns: false),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contain("Clean"));
    }

    [Test]
    public void A_transformed_view_can_be_saved_as_binary_and_read_back()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView scored = model.Transform(Rows.View(_ml, 600));
        using var folder = new TemporaryFolder();
        using (FileStream stream = File.Create(folder.File("rows.idv")))
            _ml.Data.SaveAsBinary(scored, stream);
        IDataView read = _ml.Data.LoadFromBinary(folder.File("rows.idv"));
        Assert.That(Bits.OfVectors(read, "Code"), Is.EqualTo(Bits.OfVectors(scored, "Code")));
        Assert.That(Bits.OfNumbers(read, "Error"), Is.EqualTo(Bits.OfNumbers(scored, "Error")));
        (read as IDisposable)?.Dispose();
    }

    [Test]
    public void An_empty_view_gives_no_rows()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable<Row>([]));
        Assert.That(scored.GetColumn<float[]>("Code"), Is.Empty);
        Assert.That(_ml.Data.CreateEnumerable<Scored>(scored, reuseRowObject: false), Is.Empty);
    }

    [Test]
    public void A_code_can_take_the_place_of_its_input()
    {
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Features", null,
            Stage.Options()).Fit(rows);
        IDataView scored = model.Transform(rows);
        Assert.That(scored.GetColumn<float[]>("Features"), Has.All.Length.EqualTo(Stage.CodeSize));
        DataViewSchema.Column hidden = scored.Schema[0];
        Assert.That((hidden.Name, hidden.IsHidden, hidden.Type.GetValueCount()),
            Is.EqualTo(("Features", true, Row.Size)));
        Assert.That(scored.GetColumn<float[]>(hidden), Is.EqualTo(rows.GetColumn<float[]>("Features")));
        float[] code = _ml.Model.CreatePredictionEngine<Row, Coded>(model).Predict(Rows.Make(1)[0]).Features;
        Assert.That(code, Is.EqualTo(scored.GetColumn<float[]>("Features").First()).Within(1e-5));
    }

    [Test]
    public void Autoencoders_can_be_stacked()
    {
        IDataView rows = Rows.View(_ml, 40);
        using var model = Stage.Make(_ml)
            .Append(_ml.Transforms.Autoencoders.Plain("Deeper", "Code",
                new() { CodeSize = 2, Network = Network.Dense(), Training = Small.Training() }))
            .Fit(rows);
        IDataView scored = model.Transform(rows);
        float[][] codes = [.. scored.GetColumn<float[]>("Code")];
        Assert.That(Bits.OfVectors(scored, "Deeper"), Is.EqualTo(Bits.Of(model.LastTransformer.Encode(codes))));
        Assert.That(model.GetAutoencoder("Code").Encode([.. Rows.Make(40).Select(row => row.Features)]),
            Is.EqualTo(codes).Within(1e-6));
    }

    private static (string Name, float Error)[] NamesAndErrors(IDataView view) =>
        [.. view.GetColumn<string>("Name").Zip(view.GetColumn<float>("Error"))];

    private sealed class Coded
    {
        public float[] Features { get; set; } = [];
    }
}
