using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>Draws to train with.</summary>
internal static class PosteriorDraws
{
    extension(Posterior<TorchArray> posterior)
    {
        /// <summary>One draw for each row.</summary>
        public CodeDraw Draw(Generator random) => new(posterior, Draws.NormalLike(posterior.Mean, random));

        /// <summary><paramref name="samples"/> draws for each row.</summary>
        public CodeDraw Draw(int samples, Generator random)
        {
            Tensor mean = posterior.Mean;
            return new CodeDraw(posterior, Draws.Normal([samples, .. mean.shape], mean.dtype, mean.device, random));
        }
    }
}
