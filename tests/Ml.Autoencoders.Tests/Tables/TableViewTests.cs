using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>How tables are read, in a fit and afterward.</summary>
internal sealed class TableViewTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void What_is_promised_is_delivered()
    {
        IDataView table = _ml.Transforms.Categorical.OneHotEncoding("Encoded", "Region").Fit(
            Guest.View(_ml, Guest.Make(12))).Transform(Guest.View(_ml, Guest.Make(12)));
        foreach (string[] columns in new string[][]
        {
            Guest.Columns, ["Single", "Pair"], ["Boolean"], ["Flags"], ["Color"], ["Region", "Int64"], ["Encoded"],
        })
        {
            TableFeaturizingEstimator estimator = _ml.Transforms.FeaturizeTable("Features", columns);
            Assert.That(SchemaText.Of(estimator.GetOutputSchema(SchemaShape.Create(table.Schema))),
                Is.EquivalentTo(SchemaText.Of(SchemaShape.Create(estimator.Fit(table).Transform(table).Schema))),
                string.Join(", ", columns));
        }
        TableFeaturizingEstimator listed = _ml.Transforms.FeaturizeTable("Region",
            new TableFeaturizingOptions { CategoryColumns = ["Int32"] }, "Int32", "Region");
        Assert.That(SchemaText.Of(listed.GetOutputSchema(SchemaShape.Create(table.Schema))),
            Is.EquivalentTo(SchemaText.Of(SchemaShape.Create(listed.Fit(table).Transform(table).Schema))));
    }

    [Test]
    public void A_fit_reads_the_categories_once_and_numbers_not_at_all()
    {
        var table = new CountingView(Guest.View(_ml, Guest.Make(20)));
        _ml.Transforms.FeaturizeTable("Features", "Single", "Region", "Boolean", "Color").Fit(table);
        Assert.That(table.ColumnsAsked, Is.EquivalentTo(new[] { "Region", "Color" }));
        Assert.That((table.CursorsOpened, table.CursorsDisposed, table.RowsRead), Is.EqualTo((1, 1, 20)));

        table = new CountingView(Guest.View(_ml, Guest.Make(20)));
        _ml.Transforms.FeaturizeTable("Features", "Single", "Boolean", "Pair").Fit(table);
        Assert.That(table.CursorsOpened, Is.Zero);
    }

    [Test]
    public void Only_what_is_needed_is_read()
    {
        var table = new CountingView(Guest.View(_ml, Guest.Make(20)));
        IDataView written = _ml.Transforms.FeaturizeTable("Features", "Single", "Region").Fit(table).Transform(table);
        Assert.That(Read("Features"), Is.EquivalentTo(new[] { "Single", "Region" }));
        Assert.That(Read("Boolean"), Is.EquivalentTo(new[] { "Boolean" }));
        Assert.That(Read("Features", "Region", "Color"), Is.EquivalentTo(new[] { "Single", "Region", "Color" }));

        IReadOnlyList<string> Read(params string[] columns)
        {
            using DataViewRowCursor cursor = written.GetRowCursor(columns.Select(name => written.Schema[name]));
            Assert.That(cursor.MoveNext());
            return table.ColumnsAsked;
        }
    }

    [Test]
    public void Views_of_the_view_give_the_same_rows()
    {
        IDataView table = Guest.View(_ml, Guest.Make(300));
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", Guest.Columns).Fit(table);
        IDataView written = model.Transform(table);
        float[][] rows = Table.Rows(written);

        Assert.That(Table.Rows(_ml.Data.TakeRows(written, 7)), Is.EqualTo(rows[..7]));
        Assert.That(Table.Rows(_ml.Data.Cache(written)), Is.EqualTo(rows));
        Assert.That(Table.Rows(_ml.Data.FilterRowsByColumn(written, "Double", -5.5e10, -2.5e10)),
            Is.EqualTo(rows[3..6]));
        Assert.That(Table.Rows(_ml.Data.ShuffleRows(written, seed: 3)), Is.EquivalentTo(rows));
        Assert.That(Table.Rows(_ml.Transforms.CopyColumns("Copy", "Features").Fit(written).Transform(written), "Copy"),
            Is.EqualTo(rows));
    }

    [Test]
    public void Several_threads_may_read()
    {
        IDataView table = Guest.View(_ml, Guest.Make(200));
        IDataView written = _ml.Transforms.FeaturizeTable("Features", Guest.Columns).Fit(table).Transform(table);
        float[][] rows = Table.Rows(written);
        Parallel.For(0, 8, _ => Assert.That(Table.Rows(written), Is.EqualTo(rows)));
        foreach (DataViewRowCursor cursor in written.GetRowCursorSet([written.Schema["Features"]], 4))
            cursor.Dispose();
    }

    [Test]
    public void A_prediction_engine_gives_the_same_rows()
    {
        Guest[] guests = Guest.Make(30);
        IDataView table = Guest.View(_ml, guests);
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", Guest.Columns).Fit(table);
        using PredictionEngine<Guest, Featurized> engine = _ml.Model.CreatePredictionEngine<Guest, Featurized>(model);
        float[][] rows = Table.Rows(model.Transform(table));
        Assert.That(guests.Select(guest => engine.Predict(guest).Features), Is.EqualTo(rows));
    }

    [Test]
    public void Folds_are_fitted_and_scored()
    {
        IDataView table = _ml.Transforms.Conversion.MapValueToKey("Label", "Boolean").Fit(
            Guest.View(_ml, Guest.Make(60))).Transform(Guest.View(_ml, Guest.Make(60)));
        var results = _ml.MulticlassClassification.CrossValidate(table,
            _ml.Transforms.FeaturizeTable("Features", "Region", "Int32", "Boolean")
                .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()), numberOfFolds: 3);
        Assert.That(results.Select(fold => fold.Metrics.MicroAccuracy), Has.All.EqualTo(1).And.Exactly(3).Items);
    }

    [Test]
    public void A_column_may_take_the_place_of_one_that_is_read()
    {
        IDataView table = Table.Of(_ml, "a", "b");
        IDataView written = _ml.Transforms.FeaturizeTable("Region", "Region").Fit(table).Transform(table);
        Assert.That(Table.Rows(written, "Region"), Is.EqualTo(new float[][] { [1, 0], [0, 1] }));
    }

    [Test]
    public void A_canceled_fit_ends()
    {
        var ml = new MLContext(1);
        int read = 0;
        IEnumerable<Guest> Rows()
        {
            foreach (Guest guest in Guest.Make(1_000))
            {
                if (++read == 10)
                    ml.CancelExecution();
                yield return guest;
            }
        }

        Assert.That(() => ml.Transforms.FeaturizeTable("Features", "Region").Fit(ml.Data.LoadFromEnumerable(Rows())),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(read, Is.LessThan(1_000));
    }

    [Test]
    public void A_row_encoder_takes_the_columns_of_a_table()
    {
        Guest[] guests = Guest.Make(40);
        IDataView table = Guest.View(_ml, guests);
        using var model = _ml.Transforms.FeaturizeTable("Features", "Region", "Int32", "Boolean", "Color", "Pair")
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Features",
                new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() })).Fit(table);
        using RowEncoder<Guest> encoder = _ml.Model.CreateEncoder<Guest>(model, "Code");
        Assert.That(guests.Select(encoder.Encode), Is.EqualTo(Table.Rows(model.Transform(table), "Code")));
    }

    private sealed class Featurized
    {
        public float[] Features { get; set; } = [];
    }
}
