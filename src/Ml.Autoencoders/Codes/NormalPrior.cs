using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>See <see cref="CodePrior.Normal"/>.</summary>
internal sealed class NormalPrior : CodePrior
{
    internal override Tensor Draw(long count, int codeSize, Generator random) =>
        Draws.Normal([count, codeSize], ScalarType.Float32, CPU, random);

    internal override void Draw(Span<float> noise, ulong state) => NormalNumbers.Fill(noise, ref state);

    internal override Func<Tensor, Tensor> Density(BoundPrior own) =>
        z => DiagonalGaussian<TorchArray>.StandardLogDensity(z);

    private protected override IReadOnlyList<object?> Values => [];
}
