using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A row with a one-hot label after it, <c>[B, C*H*W + K]</c>, as an image with one more channel for each label, which
/// is 1 everywhere where it is the row's, else 0: <c>[B, C + K, H, W]</c>.
/// </summary>
internal sealed record ConditionedReshapeLayer(Shape Image, int Labels) : Layer
{
    public override void Check(Place place)
    {
        Image.Check(place, nameof(Image));
        if (!Image.IsImage)
            throw place.Part(nameof(Image)).Error(nameof(Shape.Dimensions),
                $"is {Image}; it must be the shape of an image, channels x height x width.");
        Require.Within(Labels, 1, Limits.Width, place, nameof(Labels));
    }

    public override Shape OutputShape(Shape input) =>
        Image.IsImage && input.IsVector && input.Count == Image.Count + Labels
        ? Shape.Image(Image.Dimensions[0] + Labels, Image.Dimensions[1], Image.Dimensions[2])
        : throw new NetworkException(
            $"{this} takes {Image.Count + Labels} numbers per row, and gets {input.Count} ({input}).");

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T image = input.Narrow(1, 0, Image.Count).Reshape(Image.WithBatch());
        T planes = input.Narrow(1, Image.Count, Labels).Reshape(-1, Labels, 1, 1)     // [B, K] to [B, K, 1, 1]
            .Expand(-1, -1, Image.Dimensions[1], Image.Dimensions[2]);                // [B, K, H, W]
        return image.Concat(planes, 1);
    }

    public override string ToString() => $"Reshape({Image}) + {Labels} planes";
}
