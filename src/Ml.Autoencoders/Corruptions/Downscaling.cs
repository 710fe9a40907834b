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

    internal override float[] Reduce(float[] row, Shape shape)
    {
        int width = shape.Dimensions[2];
        var small = new float[row.Length / Factor / Factor];
        for (int i = 0; i < small.Length; i++)
        {
            // Channels lie one below the other, each of a whole multiple of the factor.
            (int y, int x) = Math.DivRem(i, width / Factor);
            float sum = 0;
            for (int line = y * Factor; line < (y + 1) * Factor; line++)
            {
                foreach (float pixel in row.AsSpan(line * width + x * Factor, Factor))
                    sum += pixel;
            }
            small[i] = sum / ((float)Factor * Factor);
        }
        return small;
    }
}
