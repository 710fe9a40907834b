using System.Globalization;
using System.Xml.Linq;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Plots;

namespace CompareWithPca.Reporting;

/// <summary>Test rows as points, where codes have two numbers.</summary>
internal static class PlanesSection
{
    private const int Density = 2;

    // More would cover one another, and make the page heavy.
    private const int MaxPoints = 3000;

    public static XElement? Of(PcaComparison comparison, ReportSubject subject)
    {
        ComparedStage[] planes = [.. comparison.Stages.Where(stage => stage.Width == 2 && HasPlaces(stage))];
        // The two PCAs look alike, so one of them is enough.
        ComparedStage[] shown = [.. planes.Where(stage => stage.IsPca).Take(1), .. planes.Where(stage => !stage.IsPca)];
        if (shown.Length == 0)
            return null;
        int points = Math.Min(MaxPoints, comparison.TestRows);
        string colors = comparison.TestLabels is null ? "" : " Colors are labels, which no method was given.";
        return new XElement("section", new XAttribute("id", "planes"),
            new XElement("h2", "Codes of two numbers"),
            new XElement("p",
                FormattableString.Invariant($"Each of the first {points:N0} test {subject.Rows} is a point.{colors}")),
            new XElement("div", new XAttribute("class", "grid"),
                shown.Select(stage => Plane(stage, comparison, subject, points))));
    }

    private static XElement Plane(ComparedStage stage, PcaComparison comparison, ReportSubject subject, int points)
    {
        (string Label, float[][] Codes)[] groups =
        [
            .. stage.Codes.Take(points)
                .Select((code, i) => (Code: code, Label: comparison.TestLabels?[i] ?? "test rows"))
                .GroupBy(point => point.Label, point => point.Code, StringComparer.Ordinal)
                .OrderBy(group => NumberIn(group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.ToArray())),
        ];
        string labels = groups.Length > 1 ? FormattableString.Invariant($" in {groups.Length} colors") : "";
        return Figure.Of(stage.Name,
            string.Create(CultureInfo.InvariantCulture,
                $"Scatter of {points:N0} test {subject.Rows}{labels} by the two numbers of their code from " +
                $"{stage.Name}."), theme =>
        {
            var scatter = new ScatterPlot
            {
                Title = stage.Name,
                PointSize = 3,
                Width = 480,
                Height = 420,
                Scale = Density,
                Theme = theme,
            };
            foreach ((string label, float[][] codes) in groups)
                scatter.AddPoints(label.Length > 0 ? label : "(empty)", codes);
            return scatter.ToPng();
        }, Density);
    }

    /// <summary>A stage that could not be fitted has no codes, and codes that are not finite have no places.</summary>
    private static bool HasPlaces(ComparedStage stage) =>
        stage.Codes.Any(code => float.IsFinite(code[0]) && float.IsFinite(code[1]));

    /// <summary>So that 10 follows 9; words come after numbers.</summary>
    private static double NumberIn(string label) =>
        double.TryParse(label, CultureInfo.InvariantCulture, out double number) ? number : double.PositiveInfinity;
}
