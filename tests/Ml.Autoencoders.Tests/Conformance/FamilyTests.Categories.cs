using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Categories beside numbers.</content>
internal sealed partial class FamilyTests
{
    private static readonly (string, object?)[] OfSales =
    [
        (nameof(AutoencoderOptions.Categories), Categories.Of("Region", "Product", "IsNew")),
        (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"),
        (nameof(AutoencoderOptions.ColumnErrorsColumnName), "Why"),
        (nameof(AutoencoderOptions.Scaling), InputScaling.Standardize),
    ];

    [Test]
    public void Categories_are_reconstructed_as_probabilities_and_their_errors_add_up()
    {
        AutoencoderTransformer model = OfCategories();
        Sale[] rows = MixedRows.Make(30, seed: 9);
        rows[3].Region = "elsewhere";
        IDataView scored = model.Transform(MixedRows.View(_ml, rows));
        float[][] clean = ColumnNumbers.Of(scored, "Clean"), slots = ColumnNumbers.Of(scored, "FeatureErrors"),
            columns = ColumnNumbers.Of(scored, "Why");
        float[] errors = [.. scored.GetColumn<float>("Error")];
        Assert.That(SlotsOf(scored.Schema["Why"]),
            Is.EqualTo(new[] { "Numbers.Numbers1", "Numbers.Numbers2", "Region", "Product", "IsNew" })
                .Or.EqualTo(new[] { "", "", "Region", "Product", "IsNew" }));
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.That(clean[i][2..], Has.All.InRange(0f, 1f));
            Assert.That(clean[i][2..5].Sum(), Is.LessThan(1 + 1e-5f));
            Assert.That(columns[i], Is.EqualTo(new[]
            {
                slots[i][0], slots[i][1], slots[i][2..5].Sum(), slots[i][5..9].Sum(), slots[i][9],
            }).Within(1e-4));
            Assert.That(errors[i], Is.EqualTo(columns[i].Average()).Within(0.01).Percent);
        }
        double Surprise(int row, Range category) =>
            -2 * Math.Log(1 - clean[row][category].Sum(p => (double)p));
        Assert.That(columns[3][2], Is.EqualTo(Surprise(3, 2..5)).Within(1).Percent, "none of the known classes");
    }

    [Test]
    public void Rows_with_categories_give_the_same_without_torch_in_ONNX_and_from_a_file([Values] bool withGaps)
    {
        AutoencoderTransformer model = OfCategories(withGaps);
        Sale[] rows = MixedRows.Make(70, seed: 9);
        float[][] vectors = Hidden(MixedRows.VectorsOf(_ml, rows), withGaps);
        IDataView view = _ml.Data.LoadFromEnumerable(vectors.Select(row => new SaleVector { Features = row }));
        IDataView expected = model.Transform(view);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, view.Schema);
        string[] names = ["Code", "Clean", "Error", "FeatureErrors", "Why"];
        foreach (string name in names)
        {
            float[][] numbers = ColumnNumbers.Of(expected, name);
            Assert.That(ColumnNumbers.Of(loaded.Transform(view), name), Is.EqualTo(numbers), name);
            Assert.That(numbers.SelectMany(row => row), Has.All.Matches<float>(float.IsFinite), name);
        }

        using (NewDisposeScope())
        {
            TorchPrediction torch = model.Model.Score(
                new RowBatch(tensor(vectors.SelectMany(row => row).ToArray(), [rows.Length, MixedRows.Size])));
            Assert.That(model.Model.Obstacle, Is.Null);
            foreach ((string column, ManagedOutput output) in new[]
            {
                ("Code", ManagedOutput.Code), ("Clean", ManagedOutput.Reconstruction), ("Error", ManagedOutput.Error),
                ("FeatureErrors", ManagedOutput.FeatureErrors), ("Why", ManagedOutput.ColumnErrors),
            })
            {
                Assert.That(ColumnNumbers.Of(expected, column).SelectMany(row => row),
                    Is.EqualTo(torch.Of(output).Floats()).Within(1e-4).Or.EqualTo(torch.Of(output).Floats())
                        .Within(0.01).Percent, column);
            }
        }

        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        Dictionary<string, float[][]> found = session.Run("Features", vectors);
        foreach (string name in names)
            Assert.That(found[name], Near.To(ColumnNumbers.Of(expected, name)), name);
    }

    [Test]
    public void ML_NET_exports_a_stage_with_categories() => RequireConverted(OfCategories(),
        count => _ml.Data.LoadFromEnumerable(MixedRows.VectorsOf(_ml, MixedRows.Make(count, seed: 9))
            .Select(row => new SaleVector { Features = row })));

    /// <summary>A model of sales, with every column.</summary>
    private AutoencoderTransformer OfCategories(bool withGaps = false)
    {
        string name = $"categories {withGaps}";
        if (!_exported.TryGetValue(name, out AutoencoderTransformer? model))
        {
            MissingValueHandling gaps = withGaps ? MissingValueHandling.LeaveOut : MissingValueHandling.Refuse;
            _exported.Add(name, model = family.MakeFull(_ml,
                [.. EveryColumn(family), .. OfSales, (nameof(AutoencoderOptions.MissingValues), gaps)])
                .Fit(MixedRows.View(_ml, MixedRows.Make(80))));
        }
        return model;
    }

    /// <summary>Rows of which now and then a number or a whole category is missing.</summary>
    private static float[][] Hidden(float[][] rows, bool withGaps)
    {
        Range[] columns = [0..1, 1..2, 2..5, 5..9, 9..10];
        for (int i = 0; withGaps && i < rows.Length; i++)
            rows[i].AsSpan(columns[i % columns.Length]).Fill(float.NaN);
        return rows;
    }

    private static string[] SlotsOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private sealed class SaleVector
    {
        [VectorType(MixedRows.Size)]
        public float[] Features { get; set; } = [];
    }
}
