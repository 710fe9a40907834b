using System.Xml.Linq;
using CompareWithPca.Reporting;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>The words of the page follow from its numbers.</summary>
[TestFixture]
internal sealed class ReportWordsTests
{
    [Test]
    public void Who_wins_is_said_for_each_measure_and_size_with_both_numbers()
    {
        XElement words = WordsSection.Of(Fabricated.Comparison([2, 8], change: stage => stage with
        {
            MeanSquaredError = (stage.CodeSize,
                stage.IsPca) switch
            { (2, true) => 0.06, (2, false) => 0.04, (_, true) => 0.01, _ => 0.02 },
        }));

        Assert.That(Entry(words, "Reconstruction error"), Is.EqualTo(new[]
        {
            "The mean squared difference between a number of a test row and its reconstruction from the code.",
            "An autoencoder wins: with 2 numbers plain 0.0400 against PCA (exact) 0.0600.",
            "PCA wins: with 8 numbers PCA (exact) 0.0100 against plain 0.0200.",
        }));
        Assert.That(Entry(words, "Continuity")[1],
            Is.EqualTo(
                "PCA wins at every size: with 2 numbers PCA (exact) 0.950 against plain 0.930; with 8 numbers PCA " +
                "(exact) 0.950 against plain 0.930."));
        Assert.That(Entry(words, "Fit")[1],
            Does.StartWith("PCA wins at every size: with 2 numbers PCA (exact) 0.50 against plain 2.50;"));
    }

    // Of 100 test rows, two standard errors of the difference of 0.5 and 0.64 are 0.139.
    [TestCase(0.5, 0.63, "Undecided")]
    [TestCase(0.5, 0.65, "An autoencoder wins")]
    [TestCase(0.65, 0.5, "PCA wins")]
    public void Accuracies_are_undecided_where_chance_could_have_made_the_difference(double pca, double autoencoder,
        string expected)
    {
        XElement words = WordsSection.Of(Fabricated.Comparison([8],
            change: stage => stage with { LinearAccuracy = stage.IsPca ? pca : autoencoder }));

        Assert.That(Entry(words, "Linear classifier"), Has.Length.EqualTo(2));
        Assert.That(Entry(words, "Linear classifier")[1], Does.StartWith(expected + ": with 8 numbers"));
    }

    [Test]
    public void Numbers_that_read_the_same_are_undecided()
    {
        XElement words = WordsSection.Of(Fabricated.Comparison([8],
            change: stage => stage with { Trustworthiness = stage.IsPca ? 0.9001 : 0.9003 }));

        Assert.That(Entry(words, "Trustworthiness")[1], Does.StartWith("Undecided: with 8 numbers"));
    }

    [Test]
    public void Wins_are_counted_but_not_twice_for_explained_variance()
    {
        // By quality PCA has error and continuity, the others accuracies and trustworthiness; by
        // cost PCA has fit and model.
        XElement words = WordsSection.Of(Fabricated.Comparison([2, 8], change: stage => stage with
        {
            LinearAccuracy = stage.IsPca ? 0.5 : 0.8,
            LightGbmAccuracy = stage.IsPca ? 0.5 : 0.8,
            NearestNeighborAccuracy = stage.IsPca ? 0.8 : 0.805,
        }));

        Assert.That(words.Element("p")!.Value, Is.EqualTo("At each size the best PCA meets the best autoencoder. " +
            "In quality, of 12 comparisons an autoencoder wins 6 and PCA 4; 2 are undecided. " +
            "In cost, of 6 comparisons an autoencoder wins 2 and PCA 4; 0 are undecided."));
        Assert.That(words.Elements("p").Last().Value,
            Does.Contain("The best of 2 on one side meets the best of 2 on the other"));
    }

    [Test]
    public void Hidden_activations_do_not_take_part()
    {
        ComparedStage Hide(ComparedStage stage) => stage.Name == Fabricated.OddName
            ? stage with { Output = StageOutput.HiddenActivations, Width = 40 } : stage;
        XElement words = WordsSection.Of(Fabricated.Comparison([2, 8], change: Hide));
        XElement without = WordsSection.Of(Fabricated.Comparison([2, 8],
            keep: stage => stage.Name != Fabricated.OddName));

        Assert.That(words.ToString(), Is.EqualTo(without.ToString()));
        Assert.That(words.Elements("p").Last().Value,
            Does.Contain("The best of 1 on one side meets the best of 2 on the other"));
    }

    [Test]
    public void One_side_alone_is_no_comparison()
    {
        XElement words = WordsSection.Of(Fabricated.Comparison([8], keep: stage => stage.IsPca));

        Assert.That(words.Elements("p").Single().Value,
            Is.EqualTo("There is nothing to compare: one of the two sides is missing."));
    }

    private static string[] Entry(XElement words, string measure) =>
    [
        .. words.Descendants("dt").Single(term => term.Value.StartsWith(measure + " (", StringComparison.Ordinal))
            .ElementsAfterSelf().TakeWhile(element => element.Name == "dd").Select(element => element.Value),
    ];
}
