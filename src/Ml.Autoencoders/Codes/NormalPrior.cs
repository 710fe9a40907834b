using System.Text.Json.Serialization;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>See <see cref="CodePrior.Normal"/>.</summary>
internal sealed record NormalPrior : CodePrior
{
    [JsonIgnore]
    internal override int LeastCodeSize => 1;

    internal override Tensor Draw(long count, long codeSize, Generator random) =>
        Draws.Normal([count, codeSize], ScalarType.Float32, CPU, random);

    internal override void Draw(Span<float> code, ulong state) => NormalNumbers.Fill(code, ref state);
}
