using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// As <see cref="GaussianLikelihood"/>, with the variance that makes the rows most likely: σ² = mean squared error. It
/// is known in closed form, so no gradient has to find it (Rybkin et al. 2021, "Simple and Effective VAE Training with
/// Calibrated Decoders", equation 6). Training takes each batch's own; prediction a running average of those.
/// </summary>
internal sealed record LearnedGaussianLikelihood : SlotLikelihood<SquaredError>
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

    public override T LogProbability<T>(T rowError, long size, WeightFinder<T> find) =>
        LogProbability(rowError, size, find(VarianceName, 1).AtLeast(MinVariance));

    public override Tensor LogProbability(Tensor rowError, long size, BoundNetwork weights, ForwardMode mode,
        Tensor? observed = null) =>
        mode.IsTraining
            ? LogProbability<TorchArray>(rowError, size, OfBatch(rowError, observed, weights[VarianceName]))
            : base.LogProbability(rowError, size, weights, mode, observed);

    public override double NegativeLogProbabilityOfMean(double errorOfMean, long size) =>
        0.5 * size * (1 + Math.Log(2 * Math.PI * Math.Max(errorOfMean, MinVariance)));

    private static T LogProbability<T>(T rowError, long size, T variance) where T : IArithmetic<T> =>
        (rowError / variance + (variance * (2 * Math.PI)).Log()) * (-0.5 * size);

    /// <summary>
    /// The batch's own variance. The gradient of E ln p(x|z) in it is 0 where it is the most likely one, so none is
    /// needed; the importance-weighted bound has another optimum, to which this is near.
    /// </summary>
    private static Tensor OfBatch(Tensor rowError, Tensor? observed, Tensor running)
    {
        using IDisposable noGrad = no_grad();
        Tensor variance = MeanOverSlots(rowError.detach(), observed).AtLeast(MinVariance);
        // 0 until the first batch.
        Tensor kept = running.where(running.IsNot(0), variance);
        running.copy_(kept.Plus((variance - kept).Times(Momentum)));
        return variance;
    }

    /// <summary>The mean over all slots that are there, <c>[1]</c>.</summary>
    private static Tensor MeanOverSlots(Tensor rowError, Tensor? observed) => observed is null
        ? rowError.mean([0], keepdim: true)
        : (rowError * observed).sum([0], keepdim: true) / observed.sum([0], keepdim: true).AtLeast(1);
}
