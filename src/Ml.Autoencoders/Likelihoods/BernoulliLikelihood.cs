using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// Each slot a Bernoulli variable whose log-odds the decoder gives: ln p(x|z) = Σ_d x_d ln y_d + (1 - x_d) ln(1 - y_d)
/// (Kingma and Welling 2014, equation 11).
/// </summary>
internal sealed record BernoulliLikelihood : SlotLikelihood<BoundedCrossEntropy>
{
    /// <summary>Keeps the log-odds of a slot that is always 0 or 1 finite.</summary>
    private const double LogitMargin = 1e-6;

    [JsonIgnore]
    public override bool NeedsUnitInterval => true;

    [JsonIgnore]
    public override bool TakesLogits => true;

    public override T ReconstructionOf<T>(T output) => output.Sigmoid(ForwardMode.Prediction);

    public override Span<float> ReconstructionOf(Span<float> output)
    {
        ActivationFunctions.Apply(Activation.Sigmoid, output);
        return output;
    }

    /// <summary>Without what is 0 between the bounds.</summary>
    public override Tensor CheckedRowError(Tensor target, Tensor output) =>
        new TorchArray(output).MeanCrossEntropyWithLogits(target);

    protected override Tensor OutputOfMean(Tensor mean) => mean.logit(LogitMargin);

    public override T LogProbability<T>(T rowError, long size, WeightFinder<T> find) => rowError * -size;
}
