using Microsoft.ML;
using NUnit.Framework.Constraints;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Native memory, and what is refused.</content>
internal sealed partial class FamilyTests
{
    [Test]
    public void No_tensor_outlives_the_transformer()
    {
        long before = LiveTensors.Now;
        using (AutoencoderTransformer model = FitFull((nameof(AutoencoderOptions.Scaling), InputScaling.MinMax)))
        {
            Assert.That(LiveTensors.Now, Is.GreaterThan(before));
            IDataView rows = Rows.View(_ml, 20);
            _ = Bits.OfVectors(model.Transform(rows), "Clean");
            _ = model.Reconstruct(Rows.Make(1)[0].Features);
            _ = _ml.Model.CreatePredictionEngine<Row, Scored>(model).Predict(Rows.Make(1)[0]);
            ((IDisposable)SaveAndLoad(model, rows.Schema)).Dispose();
        }
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void No_tensor_outlives_a_failed_fit()
    {
        Row[] bad = Rows.Make(40);
        bad[30].Features[3] = float.NaN;
        IDataView rows = Rows.View(_ml, 40);
        TrainingOptions Training(Action<TrainingEpoch>? onEpoch = null, float rate = 1e-2f) =>
            new() { Epochs = 30, BatchSize = 16, LearningRate = rate, Seed = 7, OnEpoch = onEpoch };

        long before = LiveTensors.Now;
        Assert.That(() => family.Make(_ml).Fit(_ml.Data.LoadFromEnumerable(bad)), Throws.InvalidOperationException);
        Assert.That(() => family.Make(_ml,
            (nameof(AutoencoderOptions.Training), Training(_ => throw new TimeoutException()))).Fit(rows),
            Throws.TypeOf<TimeoutException>());
        Assert.That(() => family.Make(_ml, (nameof(AutoencoderOptions.Training), Training(rate: 1e30f))).Fit(rows),
            Throws.InvalidOperationException.With.Message.StartsWith("The loss became "));
        Assert.That(() => family.Make(_ml,
            (nameof(AutoencoderOptions.Network), Network.Convolutional(28, 28))).Fit(rows),
            Throws.InvalidOperationException);
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void A_disposed_transformer_says_so_everywhere()
    {
        AutoencoderTransformer model = FitFull();
        Row[] rows = Rows.Make(2);
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        IDataView scored = model.Transform(view);
        PredictionEngine<Row, Scored> engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        IDataView codes = model.Encode(view);
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights"));
        model.Dispose();

        Action[] uses =
        [
            () => model.Transform(view),
            () => model.GetOutputSchema(view.Schema),
            () => ((ITransformer)model).GetRowToRowMapper(view.Schema),
            () => Bits.OfVectors(scored, "Code"),
            () => engine.Predict(rows[0]),
            () => model.Encode(rows[0].Features),
            () => model.Encode(view),
            () => model.Decode(new float[Stage.CodeSize]),
            () => model.Decode(codes),
            () => model.Reconstruct(rows[0].Features),
            () => model.Reconstruct(view),
            () => model.SaveWeights(folder.File("more")),
            () => model.LoadWeights(folder.File("weights")),
            () => _ml.Model.Save(model, view.Schema, Stream.Null),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (Action use in uses)
                Assert.That(use, Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
        }
        Assert.That(model.Dispose, Throws.Nothing);
    }

    [Test]
    public void Bad_input_is_refused_in_the_fit_in_the_schema_and_in_the_transformer()
    {
        AutoencoderEstimator estimator = family.Make(_ml);
        IDataView good = Rows.View(_ml, 40);
        using AutoencoderTransformer model = estimator.Fit(good);
        IDataView missing = _ml.Transforms.DropColumns("Features").Fit(good).Transform(good);
        IDataView doubles = _ml.Transforms.Conversion.ConvertType("Features",
            outputKind: Microsoft.ML.Data.DataKind.Double).Fit(good).Transform(good);
        foreach (IDataView bad in new[] { missing, doubles })
        {
            Constraint Refused() => Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain("'Features'");
            Assert.That(() => estimator.Fit(bad), Refused());
            Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(bad.Schema)), Refused());
            Assert.That(() => model.Transform(bad), Refused());
            Assert.That(() => model.GetOutputSchema(bad.Schema), Refused());
        }
        Assert.That(() => estimator.Fit(null!), Throws.ArgumentNullException);
        Assert.That(() => model.Transform(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Options_out_of_range_are_refused_when_the_estimator_is_made()
    {
        Constraint Refused() => Throws.TypeOf<ArgumentOutOfRangeException>();
        Assert.That(() => family.Make(_ml, (nameof(AutoencoderOptions.CodeSize), 0)), Refused());
        Assert.That(() => family.Make(_ml, (nameof(AutoencoderOptions.Training), new TrainingOptions { Epochs = 0 })),
            Refused());
        Assert.That(() => family.Make(_ml, (nameof(AutoencoderOptions.Loss), (ReconstructionLoss)9)), Refused());
    }
}
