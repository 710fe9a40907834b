using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Getting back to the autoencoder inside a model.</summary>
internal sealed class GetAutoencoderTests
{
    private readonly MLContext _ml = new();
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = Stage.Fit(_ml);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void It_is_the_model_itself_or_a_link_of_its_chain_however_deep()
    {
        var chain = new TransformerChain<ITransformer>(Copy(), _model);
        var nested = new TransformerChain<ITransformer>(Copy(), new TransformerChain<ITransformer>(chain, Copy()));
        foreach (ITransformer holder in new ITransformer[] { _model, chain, nested })
            Assert.That(holder.GetAutoencoder("Code"), Is.SameAs(_model));
    }

    [Test]
    public void It_is_found_in_a_loaded_model()
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(new TransformerChain<ITransformer>(Copy(), _model), Rows.View(_ml, 1).Schema, stream);
        stream.Position = 0;
        using AutoencoderTransformer found = _ml.Model.Load(stream, out _).GetAutoencoder("Code");
        float[] row = Rows.Make(1)[0].Features;
        Assert.That(Bits.Of(found.Encode(row)), Is.EqualTo(Bits.Of(_model.Encode(row))));
    }

    [Test]
    public void A_model_without_one_says_so() =>
        RequireRefusal(Copy(), "The model holds no autoencoder whose output column is 'Code'; it has none at all.");

    [Test]
    public void A_model_with_others_names_them()
    {
        using AutoencoderTransformer other = _ml.Transforms.Autoencoders.Sparse("Other", "Features",
            new() { Network = Small.Network, Training = Small.Training() }).Fit(Rows.View(_ml, 20));
        var chain = new TransformerChain<ITransformer>(other, _model);
        Assert.That(() => chain.GetAutoencoder("Missing"), Throws.ArgumentException.With.Message.EqualTo(
            "The model holds no autoencoder whose output column is 'Missing'; it has 'Other', 'Code'. (Parameter " +
            "'outputColumnName')"));
        Assert.That(chain.GetAutoencoder("Other"), Is.SameAs(other));
    }

    [Test]
    public void A_name_that_two_have_is_refused() =>
        RequireRefusal(new TransformerChain<ITransformer>(_model, _model),
            "The model holds more than one autoencoder whose output column is 'Code'. Take one from the links of its " +
            "chain: ((IEnumerable<ITransformer>)model).OfType<AutoencoderTransformer>().");

    [Test]
    public void Nulls_are_refused()
    {
        Assert.That(() => ((ITransformer)null!).GetAutoencoder("Code"),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("model"));
        Assert.That(() => _model.GetAutoencoder(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("outputColumnName"));
    }

    private static void RequireRefusal(ITransformer model, string message) =>
        Assert.That(() => model.GetAutoencoder("Code"),
            Throws.ArgumentException.With.Message.EqualTo(message + " (Parameter 'outputColumnName')"));

    private ColumnCopyingTransformer Copy() => _ml.Transforms.CopyColumns("Copy", "Label").Fit(Rows.View(_ml, 1));
}
