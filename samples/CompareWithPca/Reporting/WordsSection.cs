using System.Globalization;
using System.Xml.Linq;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca.Reporting;

/// <summary>Where an autoencoder wins and where PCA does, said by the numbers alone.</summary>
internal static class WordsSection
{
    public static XElement Of(PcaComparison comparison)
    {
        Verdict[][] verdicts = [.. Measure.In(comparison).Select(measure => Verdict.Of(measure, comparison).ToArray())
            .Where(sizes => sizes.Length > 0)];
        return new XElement("section", new XAttribute("id", "words"),
            new XElement("h2", "In words"),
            verdicts.Length == 0
                ? new XElement("p", "There is nothing to compare: one of the two sides is missing.")
                : Content(verdicts, comparison));
    }

    private static IEnumerable<XElement> Content(Verdict[][] verdicts, PcaComparison comparison)
    {
        yield return new XElement("p", "At each size the best PCA meets the best autoencoder." +
            Tally("quality", verdicts, MeasureKind.Quality, MeasureKind.Accuracy) + Tally("cost", verdicts,
                MeasureKind.Cost));
        yield return new XElement("p", new XAttribute("class", "soft"), Reservations(comparison));
        yield return new XElement("dl", verdicts.SelectMany(sizes => Entry(sizes[0].Measure, sizes)));
    }

    private static string Tally(string subject, Verdict[][] verdicts, params MeasureKind[] kinds)
    {
        Verdict[] counted = [.. verdicts.SelectMany(sizes => sizes)
            .Where(verdict => kinds.Contains(verdict.Measure.Kind))];
        int Count(Outcome outcome) => counted.Count(verdict => verdict.Outcome == outcome);

        return counted.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $" In {subject}, of {counted.Length} comparisons an autoencoder wins {Count(Outcome.Autoencoder)} and " +
            $"PCA {Count(Outcome.Pca)}; {Count(Outcome.Undecided)} are undecided.");
    }

    private static string Reservations(PcaComparison comparison)
    {
        int Methods(bool pca) =>
            comparison.Stages.Where(stage => stage.IsPca == pca && stage.Output == StageOutput.Code)
                .Select(stage => stage.Name).Distinct(StringComparer.Ordinal).Count();

        return "Explained variance is not counted, as it is the reconstruction error on another scale. " +
            string.Create(CultureInfo.InvariantCulture,
                $"The best of {Methods(pca: false)} on one side meets the best of {Methods(pca: true)} on the " +
                $"other, ") +
            "picked by the same test rows that they are measured on. Every stage was fitted once, with one seed. " +
            (comparison.TestLabels is null
                ? "Differences were not tested for significance. "
                : "Accuracies count as undecided where they differ by two standard errors or less; for the other " +
                "measures, differences were not tested for significance. ") +
            "Times are those of one run on one machine.";
    }

    private static IEnumerable<XElement> Entry(Measure measure, Verdict[] sizes)
    {
        yield return new XElement("dt", measure.Name, " ",
            new XElement("small", $"({measure.Unit}, {measure.Direction})"));
        yield return new XElement("dd", new XAttribute("class", "soft"), measure.Meaning);
        foreach ((string beginning, Outcome outcome) in new[]
        {
            ("An autoencoder wins", Outcome.Autoencoder),
            ("PCA wins", Outcome.Pca),
            ("Undecided", Outcome.Undecided),
        })
        {
            Verdict[] these = [.. sizes.Where(verdict => verdict.Outcome == outcome)];
            if (these.Length > 0)
                yield return new XElement("dd",
                    Sentence(beginning, these, isEverySize: these.Length == sizes.Length && sizes.Length > 1));
        }
    }

    private static string Sentence(string beginning, Verdict[] verdicts, bool isEverySize) =>
        $"{beginning}{(isEverySize ? " at every size" : "")}: {string.Join("; ", verdicts.Select(Clause))}.";

    private static string Clause(Verdict verdict) =>
        string.Create(CultureInfo.InvariantCulture, $"with {verdict.CodeSize} numbers {verdict.Words}");
}
