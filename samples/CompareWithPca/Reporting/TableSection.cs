using System.Xml.Linq;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca.Reporting;

/// <summary>Every number.</summary>
internal static class TableSection
{
    public static XElement Of(PcaComparison comparison)
    {
        IReadOnlyList<Measure> measures = Measure.In(comparison);
        const string Heading = "All numbers";
        return new XElement("section", new XAttribute("id", "table"),
            new XElement("h2", Heading),
            Figure.Scroll(Heading, new XElement("table",
                new XElement("caption", "On the test rows. Bold: the best of its size."),
                new XElement("thead",
                    new XElement("tr", Head("Method", "by size of the code"),
                        measures.Select(measure => Head(measure.Name, Subtitle(measure))))),
                comparison.Stages.GroupBy(stage => stage.CodeSize).OrderBy(size => size.Key)
                    .Select(size => Body(size.Key, [.. size], measures)))),
            Notes(comparison));
    }

    /// <summary>Why there are dashes; null where there are none.</summary>
    private static XElement? Notes(PcaComparison comparison)
    {
        XElement[] notes =
        [
            .. comparison.Stages.SelectMany(stage => stage.Notes.Select(note => (Stage: stage, Note: note)))
                .GroupBy(pair => pair.Note, pair => pair.Stage, StringComparer.Ordinal)
                .Select(group => new XElement("li", Whose([.. group], comparison.Stages.Count), group.Key)),
        ];
        return notes.Length == 0 ? null : new XElement("ul", new XAttribute("class", "soft"), notes);
    }

    /// <summary>Nothing, where it goes for all.</summary>
    private static string Whose(ComparedStage[] stages, int all) => stages.Length == all
        ? ""
        : $"{Text.List([.. stages.Select(stage =>
            FormattableString.Invariant($"{stage.Name} with {stage.CodeSize} numbers"))])}: ";

    private static string Subtitle(Measure measure) =>
        $"{measure.Unit}\u00a0{(measure.HigherIsBetter ? "\u2191" : "\u2193")}";

    private static XElement Head(string name, string subtitle) =>
        new("th", new XAttribute("scope", "col"), name, new XElement("small", subtitle));

    private static XElement Body(int codeSize, ComparedStage[] stages, IReadOnlyList<Measure> measures) => new("tbody",
        new XElement("tr",
            new XElement("th", new XAttribute("scope", "rowgroup"), FormattableString.Invariant($"{codeSize} numbers")),
            new XElement("td", new XAttribute("colspan", measures.Count))),
        stages.Select(stage => new XElement("tr",
            new XElement("th", new XAttribute("scope", "row"), Title(stage)),
            measures.Select(measure => Cell(measure, stage, stages)))));

    /// <summary>Hidden activations are not as many as the numbers of the code.</summary>
    private static string Title(ComparedStage stage) => stage.Output == StageOutput.Code
        ? stage.Name : FormattableString.Invariant($"{stage.Name}, {stage.Width:N0} numbers");

    /// <summary>What reads like the best is as good.</summary>
    private static XElement Cell(Measure measure, ComparedStage stage, ComparedStage[] rivals)
    {
        string text = measure.TextOf(stage);
        bool isBest = measure.Best(rivals) is { } best && text == measure.TextOf(best);
        return new XElement("td", isBest ? new XElement("strong", text) : text);
    }
}
