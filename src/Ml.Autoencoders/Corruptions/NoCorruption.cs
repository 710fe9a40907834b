using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.None"/>.</summary>
internal sealed record NoCorruption : Corruption
{
    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) => rows;
}
