using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>A key column that encoder and decoder are told.</content>
internal sealed partial class FamilyTests
{
    private const string Condition = nameof(AutoencoderOptions.ConditionColumnName);

    [Test]
    public void A_condition_changes_nothing_in_the_schema()
    {
        IDataView rows = LabeledRows.View(_ml, 40);
        AutoencoderEstimator estimator = family.MakeFull(_ml, (Condition, "Kind"));
        using AutoencoderTransformer model = estimator.Fit(rows);
        Assert.That(Describe(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema))),
            Is.EquivalentTo(Describe(SchemaShape.Create(model.Transform(rows).Schema))));
        Assert.That(model.GetOutputSchema(rows.Schema).Where(column => !column.IsHidden).Select(column => column.Name),
            Is.EqualTo(new[] { "Features", "Kind", "Code", "Clean", "Error" }));
        Assert.That(model.ConditionColumnName, Is.EqualTo("Kind"));
    }

    [Test]
    public void Conditions_are_the_labels_that_training_rows_had()
    {
        using AutoencoderTransformer conditioned = FitConditioned();
        using AutoencoderTransformer plain = FitFull();
        Assert.That(conditioned.Conditions, Is.EqualTo(new[] { "bright", "dark" }));
        Assert.That((plain.ConditionColumnName, plain.Conditions.Count), Is.EqualTo(((string?)null, 0)));
    }

    [Test]
    public void With_a_condition_the_input_and_the_label_are_read_and_nothing_else()
    {
        var training = new CountingView(LabeledRows.View(_ml, 40));
        using AutoencoderTransformer model = family.MakeFull(_ml, (Condition, "Kind")).Fit(training);
        Assert.That(training.ColumnsAsked, Is.EquivalentTo(new[] { "Features", "Kind" }));

        IDataView wide = _ml.Transforms.CopyColumns("Other", "Features").Fit(training).Transform(training);
        var source = new CountingView(wide);
        IDataView scored = model.Transform(source);
        Assert.That(AskedFor("Code"), Is.EquivalentTo(new[] { "Features", "Kind" }));
        Assert.That(AskedFor("Error", "Other"), Is.EquivalentTo(new[] { "Features", "Kind", "Other" }));
        Assert.That(AskedFor("Kind"), Is.EqualTo(new[] { "Kind" }));
        IRowToRowMapper mapper = ((ITransformer)model).GetRowToRowMapper(wide.Schema);
        Assert.That(mapper.GetDependencies([mapper.OutputSchema["Clean"]]).Select(column => column.Index),
            Is.EquivalentTo(new[] { wide.Schema["Features"].Index, wide.Schema["Kind"].Index }));

        IReadOnlyList<string> AskedFor(params string[] columns)
        {
            using DataViewRowCursor cursor = scored.GetRowCursor(columns.Select(column => scored.Schema[column]));
            Assert.That(cursor.MoveNext(), Is.True);
            return source.ColumnsAsked;
        }
    }

    [Test]
    public void A_loaded_model_with_a_condition_gives_the_same_bits()
    {
        using AutoencoderTransformer model = FitConditioned();
        IDataView rows = LabeledRows.View(_ml, 30, seed: 9);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, rows.Schema);
        IDataView expected = model.Transform(rows);
        IDataView found = loaded.Transform(rows);
        foreach (string column in new[] { "Code", "Clean" })
            Assert.That(Bits.OfVectors(found, column), Is.EqualTo(Bits.OfVectors(expected, column)));
        Assert.That(Bits.OfNumbers(found, "Error"), Is.EqualTo(Bits.OfNumbers(expected, "Error")));
        Assert.That((loaded.ConditionColumnName, loaded.Summary.ToString()),
            Is.EqualTo((model.ConditionColumnName, model.Summary.ToString())));
        Assert.That(loaded.Conditions, Is.EqualTo(new[] { "bright", "dark" }));
        Assert.That(() => loaded.Decode([new float[Stage.CodeSize]], "gray"), Throws.ArgumentException);
    }

    [Test]
    public void A_prediction_engine_agrees_with_the_view_on_labeled_rows()
    {
        using AutoencoderTransformer model = FitConditioned();
        LabeledRow[] rows = LabeledRows.Make(20, seed: 9);
        Scored[] expected = Score(model, LabeledRows.View(_ml, rows));
        PredictionEngine<LabeledRow, Scored> engine =
            _ml.Model.CreatePredictionEngine<LabeledRow, Scored>(LabeledRows.Keys(_ml).Append(model));
        for (int i = 0; i < rows.Length; i++)
        {
            Scored found = engine.Predict(rows[i]);
            Assert.That(found.Code, Is.EqualTo(expected[i].Code).Within(1e-5));
            Assert.That(found.Clean, Is.EqualTo(expected[i].Clean).Within(1e-5));
            Assert.That(found.Error, Is.EqualTo(expected[i].Error).Within(1e-5));
        }
    }

    [Test]
    public void Arrays_with_a_condition_agree_with_the_view()
    {
        using AutoencoderTransformer model = FitConditioned();
        LabeledRow[] rows = LabeledRows.Make(20, seed: 9);
        Scored[] expected = Score(model, LabeledRows.View(_ml, rows));
        foreach (string kind in model.Conditions)
        {
            Scored[] ofKind = [.. expected.Where((_, i) => rows[i].Kind == kind)];
            float[][] features = [.. rows.Where(row => row.Kind == kind).Select(row => row.Features)];
            RequireNear(model.Encode(features, kind), ofKind.Select(row => row.Code));
            RequireNear(model.Reconstruct(features, kind), ofKind.Select(row => row.Clean));
            RequireNear(model.Decode(model.Encode(features, kind), kind), ofKind.Select(row => row.Clean));
        }
        IDataView view = LabeledRows.View(_ml, rows);
        RequireNear([.. model.Decode(model.Encode(view)).GetColumn<float[]>("Reconstruction")],
            expected.Select(row => row.Clean));
        RequireNear([.. model.Reconstruct(view).GetColumn<float[]>("Reconstruction")],
            expected.Select(row => row.Clean));
    }

    [Test]
    public void Both_encoder_and_decoder_are_told_the_label()
    {
        using AutoencoderTransformer model = FitConditioned();
        float[][] features = [.. LabeledRows.Make(20, seed: 9).Select(row => row.Features)];
        float[][] codes = model.Encode(features, "bright");
        Assert.That(LargestDifference(model.Encode(features, "dark"), codes), Is.GreaterThan(0.01));
        Assert.That(LargestDifference(model.Decode(codes, "dark"), model.Decode(codes, "bright")),
            Is.GreaterThan(0.01));
    }

    [Test]
    public void The_same_seed_gives_the_same_weights_with_a_condition()
    {
        AutoencoderEstimator estimator = family.Make(_ml, (Condition, "Kind"));
        IDataView rows = LabeledRows.View(_ml, 40);
        byte[] first = WeightsOf(estimator, rows);
        Assert.That(WeightsOf(estimator, rows), Is.EqualTo(first));
        Assert.That(WeightsOf(family.Make(_ml), rows), Has.Length.LessThan(first.Length));
    }

    [Test]
    public void No_tensor_outlives_a_transformer_with_a_condition()
    {
        IDataView rows = LabeledRows.View(_ml, 40);
        IDataView unlabeled = LabeledRows.View(_ml,
            [.. LabeledRows.Make(39), new LabeledRow { Features = new float[Row.Size], Kind = "unknown" }]);
        long before = LiveTensors.Now;
        using (AutoencoderTransformer model = family.MakeFull(_ml, (Condition, "Kind")).Fit(rows, rows))
        {
            _ = Bits.OfVectors(model.Transform(rows), "Clean");
            _ = model.Reconstruct([new float[Row.Size]], "dark");
            Assert.That(() => Bits.OfVectors(model.Transform(unlabeled), "Code"), Throws.InvalidOperationException);
        }
        Assert.That(() => family.Make(_ml, (Condition, "Kind")).Fit(unlabeled), Throws.InvalidOperationException);
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    private AutoencoderTransformer FitConditioned() =>
        family.MakeFull(_ml, (Condition, "Kind")).Fit(LabeledRows.View(_ml, 40));

    private static void RequireNear(float[][] found, IEnumerable<float[]> expected) =>
        Assert.That(found.SelectMany(row => row), Is.EqualTo(expected.SelectMany(row => row)).Within(1e-5));

    private static float LargestDifference(float[][] first, float[][] second) =>
        first.SelectMany(row => row).Zip(second.SelectMany(row => row), (a, b) => Math.Abs(a - b)).Max();
}
