using System.Globalization;
using System.Xml.Linq;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca.Reporting;

/// <summary>The headline, and what was measured.</summary>
internal static class Introduction
{
    public static XElement Of(string title, PcaComparison comparison, ReportSubject subject)
    {
        string autoencoders = Text.List(Names(comparison, pca: false));
        int[] sizes = [.. comparison.Stages.Select(stage => stage.CodeSize).Distinct().Order()];
        return new XElement("header",
            new XElement("h1", title),
            new XElement("p",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Text.List(Names(comparison, pca: true))}, and the autoencoders {autoencoders}, learned from " +
                    $"{comparison.TrainingRows:N0} {subject.Rows} of {comparison.FeatureCount:N0} numbers each to " +
                    $"encode them in {Text.List(sizes)} numbers. ") +
                string.Create(CultureInfo.InvariantCulture,
                    $"All were measured alike, on {comparison.TestRows:N0} test rows that were not trained on. " +
                    $"{subject.Training}")));
    }

    private static string[] Names(PcaComparison comparison, bool pca) =>
        [.. comparison.Stages.Where(stage => stage.IsPca == pca && stage.Output == StageOutput.Code)
            .Select(stage => stage.Name).Distinct(StringComparer.Ordinal)];
}
