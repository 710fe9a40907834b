using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Downscale"/>.</summary>
internal sealed class Downscaling(int factor) : Corruption
{
    public int Factor { get; } = factor;

    private protected override IReadOnlyList<object?> Values => [Factor];

    [JsonIgnore]
    internal override bool NeedsImage => true;

    [JsonIgnore]
    internal override bool Reduces => true;

    internal override void Check(Place place) => Require.Within(Factor, 2, Limits.Convolution, place, nameof(Factor));

    internal override Shape Leaves(Shape shape)
    {
        int[] size = shape.Dimensions;
        return size[1] % Factor == 0 && size[2] % Factor == 0
            ? Shape.Image(size[0], size[1] / Factor, size[2] / Factor)
            : throw new NetworkException(
                $"Corruption.Downscale has factor {Factor}, and pictures of {size[1]} x {size[2]} pixels are not " +
                "a whole multiple of it.");
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) => Reduce(rows, shape);

    internal override Tensor Reduce(Tensor rows, Shape shape) =>
        // [B, C, H, W] to [B, C, H / f, W / f]
        nn.functional.avg_pool2d(rows.reshape(shape.WithBatch()), Factor, Factor)
            .flatten(1);
}
