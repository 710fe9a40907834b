using System.Text.Json.Serialization;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// Each slot a Bernoulli variable whose log-odds the decoder gives: ln p(x|z) = Σ_d x_d ln y_d + (1 - x_d) ln(1 - y_d)
/// (Kingma and Welling 2014, equation 11).
/// </summary>
internal sealed record BernoulliLikelihood : Likelihood
{
    /// <summary>Keeps the log-odds of a slot that is always 0 or 1 finite.</summary>
    private const double LogitMargin = 1e-6;

    [JsonIgnore]
    public override bool NeedsUnitInterval => true;

    [JsonIgnore]
    public override bool TakesLogits => true;

    public override Tensor ReconstructionOf(Tensor output) => Logistic.Of(output);

    public override void ReconstructionOf(Span<float> output) => ActivationFunctions.Apply(Activation.Sigmoid, output);

    /// <summary>
    /// The cross-entropy of the nearest number between 0 and 1, and the squared distance to that: beyond these bounds,
    /// where new rows may lie, the cross-entropy itself falls without bound in the direction of the output.
    /// </summary>
    public override Tensor SlotErrors(Tensor target, Tensor output)
    {
        Tensor known = target.Clamped(0, 1);
        return Losses.BinaryCrossEntropiesOfLogits(known, output).Plus(Losses.SquaredErrors(target, known));
    }

    /// <summary>Without what is 0 between the bounds.</summary>
    public override Tensor CheckedRowError(Tensor target, Tensor output) =>
        CpuCrossEntropy.Suits(target, output)
            ? CpuCrossEntropy.apply(target, output) : Losses.BinaryCrossEntropyOfLogits(target, output);

    public override void SlotErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors) =>
        SpanLosses.BoundedCrossEntropies(target, output, errors);

    public override double ErrorOfMean(Tensor rows)
    {
        using var scope = NewDisposeScope();
        Tensor mean = rows.mean([0], keepdim: true);
        return Losses.BinaryCrossEntropyOfLogits(mean, mean.logit(LogitMargin)).item<float>();
    }

    public override Tensor LogProbability(Tensor rowError, long size, BoundNetwork weights, ForwardMode mode) =>
        rowError.Times(-size);

    public override (double Start, double Slope) LogProbability(long size, Func<string, float[]> find) => (0, -size);

    public override OnnxValue ExportReconstruction(OnnxValue output) => output.To("Sigmoid");

    /// <summary>
    /// max(l, 0) - x l + ln(1 + exp(-|l|)), and the squared distance to the nearest x between 0 and 1.
    /// </summary>
    public override OnnxValue ExportSlotErrors(OnnxValue target, OnnxValue output)
    {
        OnnxValue known = target.Clamped(0, 1);
        return output.To("Relu") - known * output + output.To("Abs").To("Neg")
            .To("Softplus") + (target - known).Squared();
    }

    public override OnnxValue ExportLogProbability(OnnxValue rowError, long size) => rowError * -size;

    public override double NegativeLogProbabilityOfMean(double errorOfMean, long size) => errorOfMean * size;
}
