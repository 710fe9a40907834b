using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>A detector of rows with gaps, fitted to half of the normal rows and judged by the others.</summary>
internal static class GapTrial
{
    private const string Filled = "Filled";

    /// <param name="table">The whole rows.</param>
    /// <param name="share">Of the cells that are removed.</param>
    /// <param name="split">Chooses the rows to learn from, the cells and the seed of the fits.</param>
    public static GapFigures Run(GapTable table, double share, int split)
    {
        float[][] rows = table.WithGaps(share, seed: 100 + split);
        float[][] learned = table.Part(rows, split, isLearned: true);
        float[][] judged = table.Part(rows, split, isLearned: false);
        bool[] isAnomaly = table.Part(table.IsAnomaly, split, isLearned: false);

        var ml = new MLContext(split);
        IDataView toLearn = View(ml, learned), toJudge = View(ml, judged);
        using AutoencoderAnomalyTransformer detector = ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            MissingValues = MissingValueHandling.LeaveOut,
            ImputedColumnName = Filled,
        }).Fit(toLearn);
        IDataView scored = detector.Transform(toJudge);
        double leftOut = Area(scored, isAnomaly);
        float[][] filled = [.. scored.GetColumn<float[]>(Filled)];

        var means = ml.Transforms.ReplaceMissingValues("Features",
            replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean).Fit(toLearn);
        using AutoencoderAnomalyTransformer whole =
            ml.AnomalyDetection.Trainers.Autoencoder("Features").Fit(means.Transform(toLearn));
        double replaced = Area(whole.Transform(means.Transform(toJudge)), isAnomaly);

        float[][] truth = table.Part(table.Rows, split, isLearned: false);
        var units = new GapUnits(learned, table.Part(table.Rows, split, isLearned: true));
        double ErrorOf(Func<int, double[]> fill) => units.Error(judged, truth, isAnomaly, fill);
        double[][] standardized = [.. judged.Select(units.Standardized)];
        double ofPca = new[] { 4, 2 }.Min(part =>
        {
            var pca = new IteratedPca([.. learned.Select(units.Standardized)], Math.Max(learned[0].Length / part, 1));
            return ErrorOf(i => pca.Fill(standardized[i]));
        });
        return new GapFigures(leftOut, replaced, ErrorOf(i => units.Standardized(filled[i])),
            ErrorOf(i => new double[filled[i].Length]), ofPca);
    }

    private static IDataView View(MLContext ml, float[][] rows)
    {
        var shape = SchemaDefinition.Create(typeof(GapRow));
        shape[nameof(GapRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        return ml.Data.LoadFromEnumerable(rows.Select(row => new GapRow { Features = row }).ToArray(), shape);
    }

    /// <summary>The share of pairs of an anomaly and a normal row in which the anomaly has the greater score; equal
    /// ones count half.</summary>
    private static double Area(IDataView scored, bool[] isAnomaly)
    {
        (float Score, bool IsAnomaly)[] rows = [.. scored.GetColumn<float>("Score").Zip(isAnomaly)];
        float[] normal = [.. rows.Where(row => !row.IsAnomaly).Select(row => row.Score).Order()];
        float[] unusual = [.. rows.Where(row => row.IsAnomaly).Select(row => row.Score)];
        return unusual.Average(score => (Below(score, orEqual: false) + Below(score, orEqual: true)) / 2.0
            / normal.Length);

        int Below(float score, bool orEqual)
        {
            (int low, int high) = (0, normal.Length);
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (orEqual ? normal[middle] <= score : normal[middle] < score)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }
    }

    private sealed class GapRow
    {
        public float[] Features { get; set; } = [];
    }
}
