using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>q(z|x) of a batch of rows: the distributions that codes are drawn from.</summary>
internal abstract class Posterior<T> where T : struct, IArray<T>
{
    /// <summary>The code of prediction, <c>[B, Z]</c>.</summary>
    public abstract T Mean { get; }

    /// <summary>
    /// The codes that standard normal noise stands for: draws from q(z|x) through which gradients reach the encoder,
    /// because all randomness is in the noise (Kingma and Welling 2014, section 2.4): <c>[..., B, Z]</c> to
    /// <c>[..., B, Z]</c>.
    /// </summary>
    public abstract T Sample(T noise);

    /// <summary>ln q(z|x) in nats: <c>[..., B, Z]</c> to <c>[..., B]</c>.</summary>
    public abstract T LogDensity(T z);

    /// <summary>The same of codes that <see cref="Sample"/> made of noise, which may be more precise.</summary>
    public virtual T LogDensityOfDraw(T noise, T z) => LogDensity(z);

    /// <summary>
    /// KL(q(z|x) || p(z)) in nats where the pair has a closed form, else null: of each row in parts that add up, one
    /// for each number of the code where the numbers are independent, <c>[B, Z]</c>, or one, <c>[B, 1]</c>.
    /// </summary>
    public abstract T? Divergence(CodePrior prior);
}
