using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.None"/>.</summary>
internal sealed class NoCorruption : Corruption
{
    private protected override IReadOnlyList<object?> Values => [];

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) => rows;
}
