using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>What the columns hold.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void Nothing_is_read_until_a_cursor_asks()
    {
        using AutoencoderTransformer model = FitFull();
        var source = new CountingView(Rows.View(_ml, 40));
        IDataView scored = model.Transform(source);
        _ = scored.Schema;
        _ = scored.GetRowCount();
        Assert.That(source.CursorsOpened, Is.Zero);
        _ = Bits.OfVectors(scored, "Code");
        Assert.That((source.CursorsOpened, source.RowsRead), Is.EqualTo((1, 40)));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_error_is_the_loss_between_reconstruction_and_input(ReconstructionLoss loss)
    {
        using AutoencoderTransformer model = FitFull((nameof(AutoencoderOptions.Loss), loss));
        Row[] rows = Rows.Make(20, seed: 9);
        Scored[] scored = Score(model, _ml.Data.LoadFromEnumerable(rows));
        for (int i = 0; i < rows.Length; i++)
        {
            double expected = rows[i].Features.Zip(scored[i].Clean, (x, y) => Loss(loss, x, y)).Average();
            Assert.That(scored[i].Error, Is.EqualTo(expected).Within(1e-5).And.GreaterThan(1e-4));
        }
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void A_reconstruction_is_in_the_units_of_the_column_whatever_the_scaling(InputScaling scaling)
    {
        Row[] rows = Rows.Make(60);
        foreach (Row row in rows)
            row.Features = [.. row.Features.Select((value, slot) => 1000 * slot + 10 * value)];
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        using AutoencoderTransformer model = family.MakeFull(_ml,
            (nameof(AutoencoderOptions.Scaling), scaling)).Fit(view);
        Scored[] scored = Score(model, view);
        // Slots lie 1000 apart and vary by 10: only a reconstruction in the same units comes near.
        for (int i = 0; i < rows.Length; i++)
            Assert.That(scored[i].Clean, Is.EqualTo(rows[i].Features).Within(50));
    }

    [Test]
    public void A_missing_value_spoils_its_own_row_only()
    {
        using AutoencoderTransformer model = FitFull();
        Row[] rows = Rows.Make(30, seed: 9);
        IDataView whole = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        int[][] codes = Bits.OfVectors(whole, "Code");
        int[][] reconstructions = Bits.OfVectors(whole, "Clean");
        int[] errors = Bits.OfNumbers(whole, "Error");

        rows[7].Features[4] = float.NaN;
        IDataView spoilt = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(spoilt.GetColumn<float[]>("Code").ElementAt(7), Has.All.NaN);
        Assert.That(spoilt.GetColumn<float[]>("Clean").ElementAt(7), Has.All.NaN);
        Assert.That(spoilt.GetColumn<float>("Error").ElementAt(7), Is.NaN);
        Assert.That(Without(Bits.OfVectors(spoilt, "Code"), 7), Is.EqualTo(Without(codes, 7)));
        Assert.That(Without(Bits.OfVectors(spoilt, "Clean"), 7), Is.EqualTo(Without(reconstructions, 7)));
        Assert.That(Without(Bits.OfNumbers(spoilt, "Error"), 7), Is.EqualTo(Without(errors, 7)));
    }

    [Test]
    public void A_sparse_vector_means_the_same_as_a_dense_one()
    {
        float[][] values = [.. Rows.Make(20)
            .Select(row => row.Features.Select((x, slot) => slot % 5 == 0 ? x : 0).ToArray())];
        IDataView dense = _ml.Data.LoadFromEnumerable(values.Select(row => new Row { Features = row }));
        IDataView sparse = _ml.Data.LoadFromEnumerable(values.Select(row => new SparseRow
        {
            Features = new VBuffer<float>(Row.Size, 3, [row[0], row[5], row[10]], [0, 5, 10]),
        }));
        using AutoencoderTransformer fromDense = family.MakeFull(_ml).Fit(dense);
        using AutoencoderTransformer fromSparse = family.MakeFull(_ml).Fit(sparse);
        foreach (string column in new[] { "Code", "Clean" })
        {
            int[][] expected = Bits.OfVectors(fromDense.Transform(dense), column);
            Assert.That(Bits.OfVectors(fromDense.Transform(sparse), column), Is.EqualTo(expected));
            Assert.That(Bits.OfVectors(fromSparse.Transform(dense), column), Is.EqualTo(expected));
        }
    }

    [Test]
    public void A_prediction_engine_agrees_with_the_view()
    {
        using AutoencoderTransformer model = FitFull();
        Row[] rows = Rows.Make(20, seed: 9);
        Scored[] expected = Score(model, _ml.Data.LoadFromEnumerable(rows));
        PredictionEngine<Row, Scored> engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        for (int i = 0; i < rows.Length; i++)
        {
            Scored found = engine.Predict(rows[i]);
            Assert.That(Bits.Of(found.Code), Is.EqualTo(Bits.Of(expected[i].Code)));
            Assert.That(Bits.Of(found.Clean), Is.EqualTo(Bits.Of(expected[i].Clean)));
            Assert.That(Bits.Of([found.Error]), Is.EqualTo(Bits.Of([expected[i].Error])));
        }
        Assert.That(expected[0].Code, Is.Not.EqualTo(expected[1].Code));
    }

    private Scored[] Score(AutoencoderTransformer model, IDataView rows) =>
        [.. _ml.Data.CreateEnumerable<Scored>(model.Transform(rows), reuseRowObject: false)];

    private static double Loss(ReconstructionLoss loss, double x, double y) =>
        loss == ReconstructionLoss.MeanSquaredError
        ? (x - y) * (x - y)
        : -x * Math.Log(y) - (1 - x) * Math.Log(1 - y);

    private static IEnumerable<T> Without<T>(T[] rows, int index) => rows.Where((_, i) => i != index);

    private sealed class SparseRow
    {
        [VectorType(Row.Size)]
        public VBuffer<float> Features { get; set; }
    }
}
