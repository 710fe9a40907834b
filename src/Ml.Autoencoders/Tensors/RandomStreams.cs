using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Independent generators from one seed, one for each use, so that drawing more for one use changes no other. Torch's
/// global generator is never touched.
/// </summary>
internal sealed class RandomStreams(int seed)
{
    public Generator Create(RandomUse use, Device device) => new(Mix((uint)seed + ((ulong)use << 32)), device);

    /// <summary>The finaliser of SplitMix64 (Steele et al. 2014): near seeds give far ones.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
