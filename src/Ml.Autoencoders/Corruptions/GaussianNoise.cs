using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Gaussian"/>.</summary>
internal sealed record GaussianNoise(float StandardDeviation, float Mean) : Corruption
{
    internal override Tensor Apply(Tensor rows, Generator random) =>
        empty_like(rows).normal_(Mean, StandardDeviation, random).PlusInPlace(rows);
}
