using Ml.Autoencoders.Onnx;

namespace Ml.Autoencoders.Codes;

/// <summary>The counterpart of <see cref="Posterior"/> as nodes of an ONNX graph.</summary>
internal abstract class OnnxPosterior
{
    /// <summary>The codes that standard normal noise stands for: <c>[S, 1, Z]</c> to <c>[S, B, Z]</c>.</summary>
    public abstract OnnxValue Sample(OnnxValue noise);

    /// <summary>
    /// KL(q(z|x) || p(z)) of each row in nats where the pair has a closed form, else null: <c>[B, 1]</c>.
    /// </summary>
    public abstract OnnxValue? Divergence(CodePrior prior);
}
