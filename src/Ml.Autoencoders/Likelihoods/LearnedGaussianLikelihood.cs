using System.Text.Json.Serialization;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// As <see cref="GaussianLikelihood"/>, with the variance that makes the rows most likely: σ² = mean squared error. It
/// is known in closed form, so no gradient has to find it (Rybkin et al. 2021, "Simple and Effective VAE Training with
/// Calibrated Decoders", equation 6). Training takes each batch's own; prediction a running average of those.
/// </summary>
internal sealed record LearnedGaussianLikelihood : Likelihood
{
    public const string VarianceName = "likelihood.variance";

    /// <summary>The share of the newest batch in the running average.</summary>
    private const double Momentum = 0.1;

    /// <summary>A reconstruction without any error would be infinitely likely.</summary>
    private const double MinVariance = 1e-10;

    [JsonIgnore]
    public override bool NeedsUnitInterval => false;

    [JsonIgnore]
    public override IReadOnlyList<ParameterSpec> Parameters =>
        [new(VarianceName, [1], Initialization.Zeros, IsTrained: false)];

    public override Tensor SlotErrors(Tensor target, Tensor output) => Losses.SquaredErrors(target, output);

    public override void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors) =>
        SpanLosses.SquaredErrors(target, output, errors);

    public override double ErrorOfMean(Tensor rows) => GaussianLikelihood.MeanVariance(rows);

    public override Tensor LogProbability(Tensor rowError, long size, BoundNetwork weights, ForwardMode mode)
    {
        Tensor variance = mode.IsTraining
            ? OfBatch(rowError, weights[VarianceName]) : weights[VarianceName].AtLeast(MinVariance);
        return (rowError / variance).Plus(variance.Times(2 * Math.PI).log()).Times(-0.5 * size);
    }

    public override (double Start, double Slope) LogProbability(long size, Func<string, float[]> find) =>
        GaussianLikelihood.LogProbability(size, Math.Max(find(VarianceName)[0], MinVariance));

    public override OnnxValue ExportSlotErrors(OnnxValue target, OnnxValue output) => (target - output).Squared();

    public override OnnxValue ExportLogProbability(OnnxValue rowError, long size)
    {
        OnnxGraph graph = rowError.Graph;
        OnnxValue variance = graph.Add("Max", [graph.Weight(VarianceName, 1), graph.Constant((float)MinVariance)]);
        return (rowError / variance + (variance * (2 * MathF.PI)).To("Log")) * (-0.5f * size);
    }

    public override double NegativeLogProbabilityOfMean(double errorOfMean, long size) =>
        0.5 * size * (1 + Math.Log(2 * Math.PI * Math.Max(errorOfMean, MinVariance)));

    /// <summary>
    /// The batch's own variance. The gradient of E ln p(x|z) in it is 0 where it is the most likely one, so none is
    /// needed; the importance-weighted bound has another optimum, to which this is near.
    /// </summary>
    private static Tensor OfBatch(Tensor rowError, Tensor running)
    {
        using IDisposable noGrad = no_grad();
        Tensor variance = rowError.detach().mean([0], keepdim: true).AtLeast(MinVariance);
        // 0 until the first batch.
        Tensor kept = running.where(running.IsNot(0), variance);
        running.copy_(kept.Plus((variance - kept).Times(Momentum)));
        return variance;
    }
}
