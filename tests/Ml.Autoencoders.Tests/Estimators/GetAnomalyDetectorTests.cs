using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Getting back to the detector inside a model.</summary>
internal sealed class GetAnomalyDetectorTests
{
    private readonly MLContext _ml = new();
    private AutoencoderAnomalyTransformer _detector = null!;

    [OneTimeSetUp]
    public void Fit() => _detector = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
        new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }).Fit(Rows.View(_ml, 20));

    [OneTimeTearDown]
    public void Dispose() => _detector.Dispose();

    [Test]
    public void It_is_the_model_itself_or_a_link_of_its_chain_however_deep()
    {
        var chain = new TransformerChain<ITransformer>(Copy(), _detector);
        foreach (ITransformer holder in new ITransformer[]
        {
            _detector,
            chain,
            new TransformerChain<ITransformer>(chain, Copy()),
        })
            Assert.That(holder.GetAnomalyDetector(), Is.SameAs(_detector));
    }

    [Test]
    public void It_is_found_in_a_loaded_model()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(new TransformerChain<ITransformer>(Copy(), _detector), Rows.View(_ml, 1).Schema, stream);
        stream.Position = 0;
        using AutoencoderAnomalyTransformer found = _ml.Model.Load(stream, out _).GetAnomalyDetector();
        Assert.That(found.Threshold, Is.EqualTo(_detector.Threshold));
    }

    [Test]
    public void None_and_two_are_refused()
    {
        Assert.That(() => Copy().GetAnomalyDetector(), Throws.ArgumentException.With.Message.EqualTo(
            "The model holds no anomaly detector that is an autoencoder. (Parameter 'model')"));
        Assert.That(() => new TransformerChain<ITransformer>(_detector, _detector).GetAnomalyDetector(),
            Throws.ArgumentException.With.Message.EqualTo(
            "The model holds more than one anomaly detector that is an autoencoder. Take one from the links of its " +
            "chain: ((IEnumerable<ITransformer>)model).OfType<AutoencoderAnomalyTransformer>(). (Parameter 'model')"));
        Assert.That(() => ((ITransformer)null!).GetAnomalyDetector(),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("model"));
    }

    private ColumnCopyingTransformer Copy() => _ml.Transforms.CopyColumns("Copy", "Label").Fit(Rows.View(_ml, 1));
}
