using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Rows that a detector is fitted to, without their labels, and rows that it scores.</summary>
/// <param name="Learned">The former.</param>
/// <param name="Judged">The latter.</param>
internal sealed record Trial(IDataView Learned, IDataView Judged)
{
    /// <summary>Fitted to all rows, anomalies included, and judged by the same rows.</summary>
    public static Trial Unsupervised(AnomalyTable table) => new(table.Rows, table.Rows);

    /// <summary>Fitted to half of the normal rows, judged by the others.</summary>
    public static Trial SemiSupervised(MLContext ml, AnomalyTable table, int split) =>
        new(table.Part(ml, split, isLearned: true), table.Part(ml, split, isLearned: false));
}
