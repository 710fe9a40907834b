using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>What is fitted to rows and scores others.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Area">The area under the ROC curve in a trial.</param>
internal sealed record Scorer(string Name, Func<MLContext, Trial, double> Area)
{
    /// <summary>The detector with no option set.</summary>
    public static Scorer Default { get; } = Detector("default", _ => new());

    /// <summary>A check of the protocols: its figures have been published with the sets.</summary>
    public static Scorer Mahalanobis { get; } = new("maha, measured here", (ml, trial) =>
    {
        var distance = new MahalanobisDistance([.. trial.Learned.GetColumn<float[]>("Features")]);
        IEnumerable<float> scores = trial.Judged.GetColumn<float[]>("Features").Select(distance.Of);
        return AreaOf(ml, ml.Data.LoadFromEnumerable(trial.Judged.GetColumn<float>("Label")
            .Zip(scores, (label, score) => new Scored { Label = label, Score = score }).ToArray()));
    });

    /// <param name="name">For the table.</param>
    /// <param name="options">By the number of columns.</param>
    public static Scorer Detector(string name, Func<int, AutoencoderAnomalyOptions> options) =>
        new(name, (ml, trial) =>
        {
            int columns = ((VectorDataViewType)trial.Learned.Schema["Features"].Type).Size;
            using AutoencoderAnomalyTransformer detector =
                ml.AnomalyDetection.Trainers.Autoencoder("Features", options(columns)).Fit(trial.Learned);
            return AreaOf(ml, detector.Transform(trial.Judged));
        });

    /// <summary>In both protocols, the means over the seeds of <see cref="MLContext"/>.</summary>
    public Areas On(GzipFolder folder, string set)
    {
        Areas[] areas = [.. Enumerable.Range(0, AnomalyTable.Splits).Select(seed =>
        {
            var ml = new MLContext(seed);
            AnomalyTable table = AnomalyTable.Load(ml, folder, set);
            return new Areas(Area(ml, Trial.Unsupervised(table)), Area(ml, Trial.SemiSupervised(ml, table, seed)));
        })];
        return Areas.MeanOf(areas);
    }

    private static double AreaOf(MLContext ml, IDataView scored) =>
        ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve;

    private sealed class Scored
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
