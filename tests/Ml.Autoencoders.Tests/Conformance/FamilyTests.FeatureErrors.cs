using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>The part of each slot in the error.</content>
internal sealed partial class FamilyTests
{
    private const string FeatureErrors = nameof(AutoencoderOptions.FeatureErrorsColumnName);

    [Test, Combinatorial]
    public void The_mean_of_the_feature_errors_is_the_error(
        [Values] ReconstructionLoss loss, [Values(InputScaling.None, InputScaling.MinMax)] InputScaling scaling)
    {
        using AutoencoderTransformer model = FitFull((FeatureErrors, "Errors"),
            (nameof(AutoencoderOptions.Loss), loss), (nameof(AutoencoderOptions.Scaling), scaling));
        Row[] rows = Rows.Make(20, seed: 9);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[][] errors = [.. scored.GetColumn<float[]>("Errors")];
        Assert.That(errors, Has.All.Length.EqualTo(Row.Size));
        Assert.That(errors.Select(row => row.Average()), Is.EqualTo(scored.GetColumn<float>("Error")).Within(1e-5));
        if (scaling != InputScaling.None)
            return;
        float[][] clean = [.. scored.GetColumn<float[]>("Clean")];
        for (int i = 0; i < rows.Length; i++)
            Assert.That(errors[i], Is.EqualTo(rows[i].Features.Zip(clean[i], (x, y) => Loss(loss, x, y))).Within(1e-5));
    }

    [Test]
    public void Feature_errors_are_typed_and_named_as_the_input_and_stand_behind_the_error()
    {
        IDataView rows = NamedSlots(Rows.View(_ml, 40));
        AutoencoderEstimator estimator = family.MakeFor(_ml, "Code", "Joined",
            (nameof(AutoencoderOptions.ErrorColumnName), "Error"), (FeatureErrors, "Errors"));
        using AutoencoderTransformer model = estimator.Fit(rows);
        DataViewSchema schema = model.GetOutputSchema(rows.Schema);
        VBuffer<ReadOnlyMemory<char>> expected = default;
        VBuffer<ReadOnlyMemory<char>> found = default;
        schema["Joined"].GetSlotNames(ref expected);
        schema["Errors"].GetSlotNames(ref found);
        Assert.That(found.DenseValues().Select(name => name.ToString()),
            Is.EqualTo(expected.DenseValues().Select(name => name.ToString())).And.Exactly(Row.Size).Items);
        Assert.That(schema["Errors"].Type, Is.EqualTo(schema["Joined"].Type));
        Assert.That(schema.Select(column => column.Name).TakeLast(3), Is.EqualTo(new[] { "Code", "Error", "Errors" }));
        Assert.That(model.FeatureErrorsColumnName, Is.EqualTo("Errors"));
        Assert.That(Describe(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema))),
            Is.EquivalentTo(Describe(SchemaShape.Create(schema))));
    }

    [Test]
    public void Feature_errors_alone_come_back_from_a_file_and_miss_where_a_value_does()
    {
        using AutoencoderTransformer model = family.Make(_ml, (FeatureErrors, "Errors")).Fit(Rows.View(_ml, 40));
        Row[] rows = Rows.Make(10, seed: 9);
        rows[7].Features[4] = float.NaN;
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, view.Schema);
        int[][] errors = Bits.OfVectors(model.Transform(view), "Errors");
        Assert.That(Bits.OfVectors(loaded.Transform(view), "Errors"), Is.EqualTo(errors));
        Assert.That(model.Transform(view).GetColumn<float[]>("Errors").ElementAt(7), Has.All.NaN);
        rows[7].Features[4] = 0.5f;
        Assert.That(Without(Bits.OfVectors(model.Transform(_ml.Data.LoadFromEnumerable(rows)), "Errors"), 7),
            Is.EqualTo(Without(errors, 7)));
    }

    [Test]
    public void Pictures_may_be_told_of_plain_vectors()
    {
        using AutoencoderTransformer model =
            FitFull((nameof(AutoencoderOptions.Image), new ImageFormat(2, 2, 3, PixelOrder.Interleaved)),
                (FeatureErrors, "Errors"));
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, rows.Schema);
        foreach (string column in new[] { "Code", "Clean", "Errors" })
            Assert.That(Bits.OfVectors(loaded.Transform(rows), column),
                Is.EqualTo(Bits.OfVectors(model.Transform(rows), column)));
        float[] seen = [.. Rows.Make(40).SelectMany(row => row.Features)];
        Assert.That(model.Transform(rows).GetColumn<float[]>("Clean").SelectMany(row => row),
            Has.All.InRange(seen.Min(), seen.Max()));
        Assert.That(() => FitFull((nameof(AutoencoderOptions.Image), new ImageFormat(3, 5))),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for image column 'Features': expected pictures of 1 x 3 x 5 (planar: channels x height " +
            "x width), got Vector<Single, 12> (Parameter 'inputSchema')"));
    }
}
