using Ml.Autoencoders.Arrays;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>Codes that were drawn from a posterior, and the noise that they were drawn with.</summary>
/// <param name="posterior">q(z|x).</param>
/// <param name="noise">Standard normal numbers, <c>[..., B, Z]</c>.</param>
internal sealed class CodeDraw(Posterior<TorchArray> posterior, Tensor noise)
{
    /// <summary>z, <c>[..., B, Z]</c>.</summary>
    public Tensor Codes => field ??= posterior.Sample(noise);

    /// <summary>ln q(z|x) in nats, <c>[..., B]</c>.</summary>
    public Tensor LogDensity => field ??= posterior.LogDensityOfDraw(noise, Codes);
}
