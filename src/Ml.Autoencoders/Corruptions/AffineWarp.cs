using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Warp"/>.</summary>
internal sealed class AffineWarp(float rotation, float scale, float shift, float shear) : Corruption
{
    public float Rotation { get; } = rotation;

    public float Scale { get; } = scale;

    public float Shift { get; } = shift;

    public float Shear { get; } = shear;

    private protected override IReadOnlyList<object?> Values => [Rotation, Scale, Shift, Shear];

    [JsonIgnore]
    internal override bool NeedsImage => true;

    internal override void Check(Place place)
    {
        Require.Within(Rotation, 0, MathF.PI, place, nameof(Rotation));
        Require.BelowOne(Scale, place, nameof(Scale));
        Require.Within(Shift, 0, 1, place, nameof(Shift));
        Require.Within(Shear, 0, 1, place, nameof(Shear));
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random)
    {
        Tensor images = rows.reshape(shape.WithBatch()); // [B, C, H, W]
        Tensor maps = Maps(rows.shape[0], (double)shape.Dimensions[1] / shape.Dimensions[2], random)        // [B, 2, 3]
            .to(rows.dtype, rows.device);
        Tensor places = nn.functional.affine_grid(maps, images.shape, align_corners: false); // [B, H, W, 2]
        return nn.functional.grid_sample(images, places, GridSampleMode.Bilinear, GridSamplePaddingMode.Border,
            align_corners: false)
            .flatten(1);
    }

    /// <summary>
    /// For each picture the map from a place in the new one to the place in the old one where its pixel comes from,
    /// both from -1 to 1 along each side: <c>[B, 2, 3]</c>.
    /// </summary>
    /// <param name="count">Pictures, B.</param>
    /// <param name="aspect">Height over width: a rotation in pixels is not one in sides.</param>
    /// <param name="random">What is drawn from.</param>
    internal Tensor Maps(long count, double aspect, Generator random)
    {
        Tensor draw = Draws.Uniform([5, count], ScalarType.Float32, CPU, random).Times(2).Minus(1);
        Tensor angle = draw[0].Times(Rotation);
        Tensor size = draw[1].Times(Scale).Plus(1);
        Tensor cos = angle.cos() * size;
        Tensor sin = angle.sin() * size;
        Tensor slant = draw[4].Times(Shear);
        // x' = s (cos x + (cos h - sin) y) + dx
        Tensor across = stack([cos, (cos * slant - sin).Times(aspect), draw[2].Times(Shift)], 1);
        // y' = s (sin x + (sin h + cos) y) + dy
        Tensor down = stack([sin.Over(aspect), (sin * slant).Plus(cos), draw[3].Times(Shift)], 1);
        return stack([across, down], 1);
    }
}
