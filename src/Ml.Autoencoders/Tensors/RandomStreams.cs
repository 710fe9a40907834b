using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Independent generators from one seed, one for each use, so that drawing more for one use changes no other. Torch's
/// global generator is never touched.
/// </summary>
internal sealed class RandomStreams(int seed)
{
    public Generator Create(RandomUse use, Device device)
    {
        ulong state = (uint)seed + ((ulong)use << 32);
        return new(SplitMix.Next(ref state), device);
    }
}
