using Ml.Autoencoders.Onnx;

namespace Ml.Autoencoders.Codes;

/// <summary>The counterpart of <see cref="DiagonalGaussian"/> as nodes of an ONNX graph.</summary>
/// <param name="mean">μ, <c>[B, Z]</c>.</param>
/// <param name="logVariance">ln σ², <c>[B, Z]</c>.</param>
internal sealed class OnnxGaussian(OnnxValue mean, OnnxValue logVariance) : OnnxPosterior
{
    public override OnnxValue Sample(OnnxValue noise) => mean + (logVariance / 2).To("Exp") * noise;

    public override OnnxValue? Divergence(CodePrior prior) => prior is NormalPrior
        ? ((logVariance.To("Exp") - 1 - logVariance + mean.Squared()) / 2).Sum(axis: 1)
        : null;
}
