using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>q(z|x) of a batch of rows: the distributions that codes are drawn from.</summary>
internal abstract class Posterior
{
    /// <summary>The code of prediction, <c>[B, Z]</c>.</summary>
    public abstract Tensor Mean { get; }

    /// <summary>One draw for each row, to train with.</summary>
    public CodeDraw Draw(Generator random) => new(this, Draws.NormalLike(Mean, random));

    /// <summary><paramref name="samples"/> draws for each row, to train with.</summary>
    public CodeDraw Draw(int samples, Generator random) =>
        new(this, Draws.Normal([samples, .. Mean.shape], Mean.dtype, Mean.device, random));

    /// <summary>
    /// The codes that standard normal noise stands for: draws from q(z|x) through which gradients reach the encoder,
    /// because all randomness is in the noise (Kingma and Welling 2014, section 2.4): <c>[..., B, Z]</c> to
    /// <c>[..., B, Z]</c>.
    /// </summary>
    public abstract Tensor Sample(Tensor noise);

    /// <summary>ln q(z|x) in nats: <c>[..., B, Z]</c> to <c>[..., B]</c>.</summary>
    public abstract Tensor LogDensity(Tensor z);

    /// <summary>The same of codes that <see cref="Sample"/> made of noise, which may be more precise.</summary>
    public virtual Tensor LogDensityOfDraw(Tensor noise, Tensor z) => LogDensity(z);

    /// <summary>
    /// KL(q(z|x) || p(z)) in nats where the pair has a closed form, else null: of each row in parts that add up, one
    /// for each number of the code where the numbers are independent, <c>[B, Z]</c>, or one, <c>[B, 1]</c>.
    /// </summary>
    public abstract Tensor? Divergence(CodePrior prior);
}
