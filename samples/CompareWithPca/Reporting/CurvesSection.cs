using System.Xml.Linq;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Plots;

namespace CompareWithPca.Reporting;

/// <summary>Each measure against the size of the code.</summary>
internal static class CurvesSection
{
    private const int Density = 2;

    public static XElement Of(PcaComparison comparison) => new("section", new XAttribute("id", "curves"),
        new XElement("h2", "By size of the code"),
        new XElement("p", "The axes of sizes and of costs are logarithmic."),
        new XElement("div", new XAttribute("class", "grid small"),
            Measure.WithNumbersIn(comparison).Select(measure => Curve(measure, comparison))));

    private static XElement Curve(Measure measure, PcaComparison comparison)
    {
        int[] sizes = [.. comparison.Stages.Select(stage => stage.CodeSize).Distinct().Order()];
        (string Name, double[] Numbers)[] series =
        [
            .. comparison.Stages.GroupBy(stage => stage.Name, StringComparer.Ordinal)
                .Select(method => (method.Key, (double[])[.. sizes.Select(size => NumberOf(measure, method, size))])),
        ];
        return Figure.Of($"{measure.Name}: {measure.Direction}.", Alt(measure, sizes, series), theme =>
        {
            var chart = new LineChart
            {
                Title = measure.Name,
                XTitle = "numbers in a code",
                YTitle = measure.Unit,
                XValues = [.. sizes.Select(size => (double)size)],
                LogarithmicX = true,
                LogarithmicY = measure.Kind == MeasureKind.Cost,
                Width = 440,
                Height = 360,
                Scale = Density,
                Theme = theme,
            };
            foreach ((string name, double[] numbers) in series)
                chart.AddSeries(name, numbers);
            return chart.ToPng();
        }, Density);
    }

    /// <summary>Costs have a place on a logarithmic axis only above 0: a fit can be too short to be timed.</summary>
    private static double NumberOf(Measure measure, IEnumerable<ComparedStage> method, int size) =>
        method.FirstOrDefault(stage => stage.CodeSize == size) is { } stage
            && measure.NumberOf(stage) is { } number && (measure.Kind != MeasureKind.Cost || number > 0)
            ? number
            : double.NaN;

    private static string Alt(Measure measure, int[] sizes, (string Name, double[] Numbers)[] series)
    {
        IEnumerable<string> curves = series.Select(one => FormattableString.Invariant(
            $"{one.Name} {string.Join(", ", one.Numbers.Select(measure.Write))}"));
        return $"Curves of {measure.Name} ({measure.Unit}) at {Text.List(sizes)} numbers: {string.Join("; ", curves)}.";
    }
}
