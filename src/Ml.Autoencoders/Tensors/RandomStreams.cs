using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Independent generators from one seed, one for each use, so that drawing more for one use changes no other. Torch's
/// global generator is never touched.
/// </summary>
internal sealed class RandomStreams(int seed)
{
    public Generator Create(RandomUse use)
    {
        ulong state = (uint)seed + ((ulong)use << 32);
        return new Generator(SplitMix.Next(ref state), device: CPU);
    }
}
