using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Files as the library wrote them when their version was 3, before scores had kinds and p-values: detectors
/// of three slots with a code of one number.</summary>
internal sealed class OlderDetectorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestCase("detector-3.zip", 0.23890005f, 0.036262076f, 2.3404236f)]
    [TestCase("variational-detector-3.zip", 5.5990715f, 2.605324f, 5.3794303f)]
    public void A_detector_of_an_older_file_scores_as_it_did(string file, float threshold, params float[] scores)
    {
        using AutoencoderAnomalyTransformer model = Load(file);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(new[]
        {
            new Point { Features = [0.5f, 0.75f, 0.275f] },
            new Point { Features = [0.9f, 0.9f, 0.1f] },
            new Point { Features = [float.NaN, 1, 0] },
        }));
        float[] found = [.. scored.GetColumn<float>("Score")];
        Assert.That(model.Threshold, Is.EqualTo(threshold));
        Assert.That(found[..2], Is.EqualTo(scores).Within(1e-3).Percent);
        Assert.That(found[2], Is.NaN);
        Assert.That(scored.GetColumn<bool>("PredictedLabel"),
            Is.EqualTo(scores.Select(score => score > threshold).Append(false)));
        Assert.That((model.PValueColumnName, model.CodePartColumnName), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase("detector-3.zip")]
    [TestCase("variational-detector-3.zip")]
    public void It_has_no_scores_to_compare_with(string file)
    {
        using AutoencoderAnomalyTransformer model = Load(file);
        Assert.That(() => model.ThresholdFor(0.1f), Throws.InvalidOperationException.With.Message.StartsWith(
            "The detector is from a model file of version 4 or older"));
    }

    private AutoencoderAnomalyTransformer Load(string file) => (AutoencoderAnomalyTransformer)ModelZip.Load(_ml,
        File.ReadAllBytes(Repository.PathOf($"tests/Ml.Autoencoders.Tests/Persistence/Files/{file}")));

    private sealed class Point
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
