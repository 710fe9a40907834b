using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Random tensors on any device.</summary>
/// <remarks>
/// They are drawn on the CPU and moved: TorchSharp makes every generator one of the CPU, whichever device it is asked
/// for, and torch refuses to fill a GPU's tensor from one of these. So a seed gives the same numbers on every device.
/// </remarks>
internal static class Draws
{
    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(long[] shape, ScalarType type, Device device, Generator random) =>
        empty(shape, dtype: type, device: CPU).normal_(0, 1, random).SendTo(device);

    /// <summary>Uniform numbers between 0 and 1.</summary>
    public static Tensor Uniform(long[] shape, ScalarType type, Device device, Generator random) =>
        empty(shape, dtype: type, device: CPU).uniform_(0, 1, random).SendTo(device);

    /// <summary>Uniform numbers between 0 and 1, as many as <paramref name="like"/> has.</summary>
    public static Tensor UniformLike(Tensor like, Generator random) =>
        Uniform(like.shape, like.dtype, like.device, random);

    /// <summary>Normal numbers, as many as <paramref name="like"/> has.</summary>
    public static Tensor NormalLike(Tensor like, Generator random, double mean = 0, double standardDeviation = 1) =>
        empty(like.shape, dtype: like.dtype, device: CPU).normal_(mean, standardDeviation, random).SendTo(like.device);

    /// <summary>1 with a probability, else 0, as many as <paramref name="like"/> has.</summary>
    public static Tensor BernoulliLike(Tensor like, double probability, Generator random) =>
        empty(like.shape, dtype: like.dtype, device: CPU).bernoulli_(probability, random).SendTo(like.device);

    /// <summary>1 with each number's own probability, else 0: always 0 for a probability of 0, always 1 for one of
    /// 1.</summary>
    public static Tensor Bernoulli(Tensor probabilities, Generator random) =>
        UniformLike(probabilities, random).lt(probabilities).to(probabilities.dtype);

    /// <summary>The numbers from 0 to <paramref name="count"/> - 1 in random order.</summary>
    public static Tensor Permutation(long count, Device device, Generator random) =>
        randperm(count, generator: random, dtype: ScalarType.Int64, device: CPU).SendTo(device);

    /// <summary>A seed for another generator.</summary>
    public static int Seed(Generator random)
    {
        using Tensor seed = randint(int.MaxValue, [1], dtype: ScalarType.Int64, device: CPU, generator: random);
        return (int)seed.item<long>();
    }
}
