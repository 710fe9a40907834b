using System.Globalization;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Evaluation;

/// <summary>PCA and autoencoders, measured alike on the same rows.</summary>
public sealed class PcaComparison
{
    private readonly int _nearestNeighbors;

    internal PcaComparison(ComparisonData data, IReadOnlyList<ComparedStage> stages, PcaComparisonOptions options)
    {
        Stages = stages;
        Examples = [.. data.Test.Rows.Take(options.Examples)];
        TestLabels = data.Test.Labels;
        TrainingRows = data.Training.Rows.Length;
        TestRows = data.Test.Rows.Length;
        FeatureCount = data.FeatureCount;
        // A default asks for no more than there are.
        _nearestNeighbors = Math.Min(options.NearestNeighbors, TrainingRows);
    }

    /// <summary>Every method at every code size: by size, in the order of the options, PCA first.</summary>
    public IReadOnlyList<ComparedStage> Stages { get; }

    /// <summary>The first test rows.</summary>
    public IReadOnlyList<float[]> Examples { get; }

    /// <summary>The label of each test row, in words; null without a label column.</summary>
    public IReadOnlyList<string>? TestLabels { get; }

    /// <summary>The number of rows that was trained on.</summary>
    public int TrainingRows { get; }

    /// <summary>The number of rows that was measured on.</summary>
    public int TestRows { get; }

    /// <summary>Numbers in a row.</summary>
    public int FeatureCount { get; }

    /// <summary>A table for people, the best of each code size in bold, a dash where there is no figure, and below it
    /// the reasons.</summary>
    public string ToMarkdown() => string.Create(CultureInfo.InvariantCulture,
        $"{TrainingRows:N0} training rows and {TestRows:N0} test rows of {FeatureCount:N0} " +
        $"numbers.\n\n{ComparisonTable.ToMarkdown(Stages, _nearestNeighbors)}");

    /// <summary>A table for programs, with all digits, and an empty field where there is no figure (RFC
    /// 4180).</summary>
    public string ToCsv() => ComparisonTable.ToCsv(Stages);

    /// <inheritdoc cref="ToMarkdown"/>
    public override string ToString() => ToMarkdown();
}
