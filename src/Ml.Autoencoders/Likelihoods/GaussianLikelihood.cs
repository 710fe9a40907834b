using System.Text.Json.Serialization;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// Each slot a normal variable around what the decoder gives: ln p(x|z) = -D/2 ln(2πσ²) - |x - y|² / 2σ²
/// (Kingma and Welling 2014, appendix C.2, with one variance for all slots).
/// </summary>
/// <param name="Variance">σ². Where only the row error is used, as by families without a
/// probability, any will do.</param>
internal sealed record GaussianLikelihood(float Variance = 1) : Likelihood
{
    [JsonIgnore]
    public override bool NeedsUnitInterval => false;

    public override void Check(Place place) =>
        Require.Above(Variance, 0, place,
            place.IsEntry ? nameof(Variance) : "OutputVariance");

    public override Tensor SlotErrors(Tensor target, Tensor output) => Losses.SquaredErrors(target, output);

    public override void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors) =>
        SpanLosses.SquaredErrors(target, output, errors);

    public override double ErrorOfMean(Tensor rows) => MeanVariance(rows);

    public override Tensor LogProbability(Tensor rowError, long size, BoundNetwork weights, ForwardMode mode) =>
        rowError.Over(Variance).Plus(Math.Log(2 * Math.PI * Variance)).Times(-0.5 * size);

    public override (double Start, double Slope) LogProbability(long size, Func<string, float[]> find) =>
        LogProbability(size, Variance);

    public override OnnxValue ExportSlotErrors(OnnxValue target, OnnxValue output) => (target - output).Squared();

    public override OnnxValue ExportLogProbability(OnnxValue rowError, long size) =>
        (rowError / Variance + (float)Math.Log(2 * Math.PI * Variance)) * (-0.5f * size);

    public override double NegativeLogProbabilityOfMean(double errorOfMean, long size) =>
        0.5 * size * (errorOfMean / Variance + Math.Log(2 * Math.PI * Variance));

    /// <summary>-D/2 ln(2πσ²), and -D/2σ² for each unit of error.</summary>
    public static (double Start, double Slope) LogProbability(long size, double variance) =>
        (-0.5 * size * Math.Log(2 * Math.PI * variance), -0.5 * size / variance);

    /// <summary>The error of the mean row for rows <c>[N, D]</c>: the mean over slots of their variance.</summary>
    public static double MeanVariance(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return rows.var([0], unbiased: false).mean().item<float>();
    }
}
