using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Rows of keys.</content>
internal sealed partial class DetectorTests
{
    private static readonly string[] OfKeys = ["Score", "Code", "Clean", "Errors"];

    private bool TakesKeys => detector.Kind is null or AnomalyScoreKind.ReconstructionError;

    [Test]
    public void Scores_of_keys_are_the_same_without_torch_in_ONNX_from_a_file_and_by_a_call(
        [Values(0, 1)] int net, [Values] bool isConditioned)
    {
        if (!TakesKeys)
        {
            Assert.That(() => FitToKeys(net, isConditioned),
                Throws.InvalidOperationException.With.Message.Contains("it must be ReconstructionError"));
            return;
        }
        using AutoencoderAnomalyTransformer model = FitToKeys(net, isConditioned);
        uint[][] rows = SmallTokens.WithGaps(SmallTokens.Make(70, seed: 9));
        IDataView view = SmallTokens.View(_ml, rows);
        IDataView scored = model.Transform(view);
        float[] scores = ScoresOf(scored);
        Assert.That(scores, Has.All.Matches<float>(float.IsFinite));
        Assert.That(model.Model.Obstacle, Is.Null);
        long[] labels = [.. rows.Select(row => row[0] < 3 ? 0L : 1)];
        using (NewDisposeScope())
        {
            TorchPrediction torch = model.Model.Score(new RowBatch(
                tensor(rows.SelectMany(row => row).Select(key => (float)key).ToArray(),
                    [rows.Length, SmallTokens.Steps]),
                isConditioned ? tensor(labels) : null));
            foreach ((string column, ManagedOutput output) in new[]
            {
                ("Code", ManagedOutput.Code), ("Clean", ManagedOutput.Reconstruction),
                ("Errors", ManagedOutput.FeatureErrors),
            })
            {
                Assert.That(ColumnNumbers.Of(scored, column).SelectMany(row => row),
                    Is.EqualTo(torch.Of(output).Floats()).Within(1e-4), column);
            }
        }

        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(new MLContext(),
            ModelZip.Save(_ml, model, view.Schema));
        Assert.That(ScoresOf(loaded.Transform(view)), Is.EqualTo(scores));
        string[] kinds = [.. labels.Select(label => label == 0 ? "low" : "high")];
        Assert.That(rows.Zip(kinds, (row, kind) => loaded.ScoreKeys(row, isConditioned ? kind : null)),
            Is.EqualTo(scores));
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("detector.onnx"));
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Dictionary<string, float[][]> found = session.RunKeys("Tokens", rows, isConditioned ? "Kind" : null,
            [.. labels.Select(label => (uint)label + 1)]);
        foreach (string column in OfKeys)
            Assert.That(found[column], Near.To(ColumnNumbers.Of(scored, column)), column);
        // Few rows are possible, so that one may have the very score of the threshold, but for rounding.
        bool[] verdicts = LabelsOf(scored);
        Assert.That(Enumerable.Range(0, rows.Length).Where(i => Math.Abs(scores[i] - model.Threshold) > 1e-3f)
            .Where(i => found["PredictedLabel"][i][0] > 0 != verdicts[i]), Is.Empty);
    }

    [Test]
    public void The_score_of_keys_is_their_mean_error_or_a_bound_in_nats()
    {
        if (!TakesKeys)
            return;
        using AutoencoderAnomalyTransformer model = FitToKeys(0, isConditioned: false);
        uint[][] rows = SmallTokens.WithGaps(SmallTokens.Make(30, seed: 9));
        IDataView scored = model.Transform(SmallTokens.View(_ml, rows));
        float[] sums = [.. ColumnNumbers.Of(scored, "Errors").Select(steps => steps.Sum())];
        float[] scores = ScoresOf(scored);
        for (int i = 0; i < rows.Length; i++)
        {
            int known = rows[i].Count(key => key != 0);
            if (detector.Draws)
            {
                // Of the last nothing is there: what is left is the divergence of its code, which is not negative.
                Assert.That(scores[i], known == 0 ? Is.InRange(0, 5) : Is.GreaterThan(sums[i] / 2));
            }
            else
            {
                Assert.That(scores[i], Is.EqualTo(sums[i] / Math.Max(known, 1)).Within(1e-5));
            }
        }
    }

    [Test]
    public void Rows_are_keys_or_numbers_by_a_call()
    {
        if (!TakesKeys)
            return;
        using AutoencoderAnomalyTransformer model = FitToKeys(0, isConditioned: false);
        uint[] row = SmallTokens.Make(1)[0];
        Assert.That(() => model.Score(new float[SmallTokens.Steps]),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Tokens' holds keys, and Score takes a row of numbers. Use ScoreKeys."));
        Assert.That(() => FitFull().ScoreKeys(row), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features' holds numbers, and ScoreKeys takes a row of keys. Use Score."));
        Assert.That(() => model.ScoreKeys(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("row"));
        Assert.That(() => model.ScoreKeys([1, 2]), Throws.ArgumentException.With.Message.EqualTo(
            "Row 0 has 2 keys; it needs 6. (Parameter 'row')"));
        Assert.That(() => model.ScoreKeys([1, 2, 3, 4, 5, 6]), Throws.ArgumentException.With.Message.EqualTo(
            "Row 0, step 5: 6 is not a key; keys are from 1 to 5, and 0 where they are missing. (Parameter 'row')"));
        model.Dispose();
        Assert.That(() => model.ScoreKeys(row),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
    }

    private AutoencoderAnomalyTransformer FitToKeys(int net, bool isConditioned) => detector.MakeFor(_ml, "Tokens",
        (nameof(AnomalyOptions.CodeColumnName), "Code"),
        (nameof(AnomalyOptions.ReconstructionColumnName), "Clean"),
        (nameof(AnomalyOptions.FeatureErrorsColumnName), "Errors"),
        (nameof(AnomalyOptions.Contamination), 0.2f),
        (nameof(AnomalyOptions.Network), net == 0 ? Small.Network : Network.Temporal([4], kernel: 3)),
        (nameof(AnomalyOptions.ConditionColumnName), isConditioned ? "Kind" : null))
        .Fit(SmallTokens.View(_ml, SmallTokens.WithGaps(SmallTokens.Make(80))));
}
