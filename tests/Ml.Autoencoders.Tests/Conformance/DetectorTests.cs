using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>What every anomaly detector has to do as a trainer of ML.NET's.</summary>
[TestFixtureSource(typeof(Detector), nameof(Detector.All))]
internal sealed partial class DetectorTests(Detector detector)
{
    private readonly MLContext _ml = new();

    private AutoencoderAnomalyTransformer FitFull(params (string Option, object? Value)[] changes) =>
        detector.MakeFull(_ml, changes).Fit(Rows.View(_ml, 40));

    /// <summary>The column of the code's part, where the code has one.</summary>
    private string[] CodePart => detector.HasCodePart ? ["Part"] : [];

    private static float[] ScoresOf(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    private static bool[] LabelsOf(IDataView scored) => [.. scored.GetColumn<bool>("PredictedLabel")];

    /// <summary>What ML.NET's own detectors write into a row.</summary>
    private sealed class Verdict
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
