using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Columns: names, types and annotations.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void The_promised_schema_is_the_delivered_one([Values("Features", "Joined")] string features,
        [Values] bool full)
    {
        IDataView rows = _ml.Transforms.Concatenate("Joined", "Features").Fit(Rows.View(_ml, 1))
            .Transform(Rows.View(_ml, 40));
        string? Named(string name) => full ? name : null;
        AutoencoderAnomalyEstimator estimator = detector.MakeFor(_ml, features,
            (nameof(AnomalyOptions.CodeColumnName), Named("Code")),
            (nameof(AnomalyOptions.ReconstructionColumnName), Named("Clean")),
            (nameof(AnomalyOptions.FeatureErrorsColumnName), Named("Errors")));
        using AutoencoderAnomalyTransformer model = estimator.Fit(rows);
        string[] promised = [.. SchemaText.Of(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)))];
        Assert.That(promised, Is.EquivalentTo(SchemaText.Of(SchemaShape.Create(model.GetOutputSchema(rows.Schema)))));
        Assert.That(promised, Is.EquivalentTo(SchemaText.Of(SchemaShape.Create(model.Transform(rows).Schema))));
    }

    [Test]
    public void Score_and_label_are_annotated_as_those_of_the_detector_of_ML_NET()
    {
        IDataView rows = Rows.View(_ml, 40);
        AutoencoderAnomalyEstimator estimator = detector.Make(_ml);
        using AutoencoderAnomalyTransformer model = estimator.Fit(rows);
        var pca = _ml.AnomalyDetection.Trainers.RandomizedPca(rank: 2, seed: 1);
        DataViewSchema theirs = pca.Fit(rows).GetOutputSchema(rows.Schema);
        DataViewSchema ours = model.GetOutputSchema(rows.Schema);
        string[] added = ["Score", "PredictedLabel"];
        // ML.NET's detector is scored as a binary classifier, and says so; the kind that ML.NET has for
        // detectors is the other one.
        Assert.That(added.Select(name => SchemaText.Of(ours[name])),
            Is.EqualTo(added.Select(name => SchemaText.Of(theirs[name])
                .Replace("BinaryClassification", "AnomalyDetection", StringComparison.Ordinal))));
        Assert.That(SchemaText.Of(ours["Score"]),
            Does.Contain("ScoreColumnKind String AnomalyDetection").And.Contain("ScoreValueKind String Score"));

        var shape = SchemaShape.Create(rows.Schema);
        Assert.That(SchemaText.Of(estimator.GetOutputSchema(shape)),
            Is.EquivalentTo(SchemaText.Of(pca.GetOutputSchema(shape))));
    }

    [Test]
    public void The_number_of_the_score_set_counts_up_behind_other_trainers()
    {
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml).Fit(rows);
        var pca = _ml.AnomalyDetection.Trainers.RandomizedPca(rank: 2, seed: 1).Fit(rows);
        Assert.That(ScoreSet(model.Transform(rows)), Is.EqualTo((1, 1)));
        Assert.That(ScoreSet(model.Transform(pca.Transform(rows))), Is.EqualTo((2, 2)));
        Assert.That(ScoreSet(pca.Transform(model.Transform(rows))), Is.EqualTo((2, 2)));
        Assert.That(ScoreSet(model.Transform(model.Transform(pca.Transform(rows)))), Is.EqualTo((3, 3)));
    }

    [Test]
    public void Columns_stand_behind_the_inputs_with_score_and_label_first()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        Assert.That(model.GetOutputSchema(Rows.View(_ml, 1).Schema).Select(column => column.Name),
            Is.EqualTo(new[] { "Features", "Label", "Name", "Score", "PredictedLabel", "Code", "Clean", "Errors" }));
    }

    [Test]
    public void Names_of_slots_pass_to_reconstruction_and_errors()
    {
        IDataView rows = _ml.Transforms.CustomMapping<Row, Named>((row, named) => (named.Size,
            named.Weight) = (row.Features[0], row.Features[1]), null)
            .Append(_ml.Transforms.Concatenate("Joined", "Weight", "Size")).Fit(Rows.View(_ml, 1))
            .Transform(Rows.View(_ml, 40));
        using AutoencoderAnomalyTransformer model = detector.MakeFor(_ml, "Joined",
            (nameof(AnomalyOptions.CodeSize), 1),
            (nameof(AnomalyOptions.ReconstructionColumnName), "Clean"),
                (nameof(AnomalyOptions.FeatureErrorsColumnName), "Errors")).Fit(rows);
        foreach (string column in new[] { "Clean", "Errors" })
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            model.GetOutputSchema(rows.Schema)[column].GetSlotNames(ref names);
            Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(new[] { "Weight", "Size" }));
        }
    }

    [Test]
    public void The_transformer_tells_its_columns()
    {
        using AutoencoderAnomalyTransformer full = FitFull();
        using AutoencoderAnomalyTransformer bare = detector.Make(_ml).Fit(Rows.View(_ml, 40));
        Assert.That((full.FeatureColumnName, full.CodeColumnName, full.ReconstructionColumnName,
            full.FeatureErrorsColumnName, full.ConditionColumnName),
            Is.EqualTo(("Features", "Code", "Clean", "Errors", (string?)null)));
        Assert.That((bare.CodeColumnName, bare.ReconstructionColumnName, bare.FeatureErrorsColumnName),
            Is.EqualTo(((string?)null, (string?)null, (string?)null)));
    }

    [Test]
    public void A_feature_column_may_have_the_name_of_the_score_which_hides_it()
    {
        IDataView rows = _ml.Transforms.CopyColumns("Score", "Features").Fit(Rows.View(_ml, 1))
            .Transform(Rows.View(_ml, 40));
        AutoencoderAnomalyEstimator estimator = detector.MakeFor(_ml, "Score");
        using AutoencoderAnomalyTransformer model = estimator.Fit(rows);
        DataViewSchema schema = model.GetOutputSchema(rows.Schema);
        Assert.That(schema["Score"].Type, Is.EqualTo(NumberDataViewType.Single));
        Assert.That(schema.Count(column => column.IsHidden), Is.EqualTo(1));
        Assert.That(SchemaText.Of(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema))),
            Is.EquivalentTo(SchemaText.Of(SchemaShape.Create(schema))));
        Assert.That(ScoresOf(model.Transform(rows)), Has.Exactly(40).Items);
    }

    /// <summary>The numbers of the sets of the last score and the last label.</summary>
    private static (uint OfScore, uint OfLabel) ScoreSet(IDataView scored)
    {
        return (Of("Score"), Of("PredictedLabel"));

        uint Of(string column)
        {
            uint set = 0;
            scored.Schema[column].Annotations.GetValue("ScoreColumnSetId", ref set);
            return set;
        }
    }

    private sealed class Named
    {
        public float Size { get; set; }

        public float Weight { get; set; }
    }
}
