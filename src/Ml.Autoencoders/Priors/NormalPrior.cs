using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Priors;

/// <summary>See <see cref="CodePrior.Normal"/>.</summary>
internal sealed record NormalPrior : CodePrior
{
    [JsonIgnore]
    internal override int LeastCodeSize => 1;

    internal override Tensor Draw(long count, long codeSize, Generator random) =>
        empty([count, codeSize], dtype: ScalarType.Float32, device: random.device).normal_(0, 1, random);
}
