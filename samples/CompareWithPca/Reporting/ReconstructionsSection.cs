using System.Globalization;
using System.Xml.Linq;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Plots;

namespace CompareWithPca.Reporting;

/// <summary>Test rows that are pictures, and what is left of them after a code of each size.</summary>
internal static class ReconstructionsSection
{
    public static XElement? Of(PcaComparison comparison, ReportSubject subject)
    {
        // A stage that could not be fitted, or measured, has none.
        ComparedStage[] stages = [.. comparison.Stages.Where(stage => stage.Reconstructions.Count > 0)];
        if (stages.Length == 0)
            return null;
        return new XElement("section", new XAttribute("id", "reconstructions"),
            new XElement("h2", "To a code and back"),
            new XElement("p",
                string.Create(CultureInfo.InvariantCulture,
                    $"The first {comparison.Examples.Count} test {subject.Rows}, and each method's reconstructions " +
                    $"from their codes. Values beyond black and white are clamped.")),
            new XElement("div", new XAttribute("class", "grid wide"),
                stages.GroupBy(stage => stage.CodeSize).OrderBy(size => size.Key)
                    .Select(size => Grid(size.Key, [.. size], comparison, subject))));
    }

    private static XElement Grid(int codeSize, ComparedStage[] stages, PcaComparison comparison, ReportSubject subject)
    {
        string caption = FormattableString.Invariant($"{comparison.FeatureCount} numbers to {codeSize} and back");
        string alt =
            string.Create(CultureInfo.InvariantCulture,
                $"Rows of {comparison.Examples.Count} pictures: the {subject.Rows} themselves, then their " +
                $"reconstructions from {codeSize} numbers by {Text.List([.. stages.Select(stage => stage.Name)])}.");
        return Figure.Scrolling(caption, alt, theme =>
        {
            ImageGrid grid = new ImageGrid(subject.RowHeight, subject.RowWidth)
            {
                Theme = theme,
            }.AddRow(comparison.Examples, "test rows");
            foreach (ComparedStage stage in stages)
                grid.AddRow(stage.Reconstructions, stage.Name);
            return grid.ToPng();
        });
    }
}
