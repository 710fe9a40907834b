using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Base;

/// <summary>Messages that are composed with the name of a family.</summary>
internal sealed class ArticleTests
{
    private readonly MLContext _ml = new();

    [TestCase("Plain", "a")]
    [TestCase("Variational", "a")]
    [TestCase("Wasserstein", "a")]
    [TestCase("Adversarial", "an")]
    [TestCase("ImportanceWeighted", "an")]
    [TestCase("InfoVariational", "an")]
    public void A_family_has_the_article_that_is_spoken_before_it(string family, string article)
    {
        Assert.That(Article.Before(family), Is.EqualTo(article));
        Assert.That(Article.Beginning(family), Is.EqualTo(article == "an" ? "An" : "A"));
    }

    [Test]
    public void One_row_is_too_few_for_a_family_that_compares_them()
    {
        InfoVariationalOptions options = new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() };
        Assert.That(() => _ml.Transforms.Autoencoders.InfoVariational("Code", "Features", options)
            .Fit(Rows.View(_ml, 1)), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features': there is one training row, and an InfoVariational autoencoder " +
            "needs at least 2."));
    }

    [Test]
    public void What_a_family_does_not_give_begins_with_its_article()
    {
        AdversarialOptions options = new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() };
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Adversarial("Code", "Features", options)
            .Fit(Rows.View(_ml, 20));
        Assert.That(() => model.LogLikelihood(Rows.View(_ml, 2)), Throws.InvalidOperationException.With.Message.EqualTo(
            "An Adversarial autoencoder cannot measure how likely a row is: its codes are not random variables. " +
            "Variational and its relatives can."));
    }
}
