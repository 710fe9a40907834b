using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A row with a one-hot label after it, <c>[B, C*H*W + K]</c>, as an image with one more channel for each label, which
/// is 1 everywhere where it is the row's, else 0: <c>[B, C + K, H, W]</c>. Or as a sequence: <c>[B, C + K, T]</c>.
/// </summary>
internal sealed record ConditionedReshapeLayer(Shape Image, int Labels) : Layer
{
    internal override Shape? Opens => Image;

    internal override int LabelsTaken => Labels;

    public override void Check(Place place)
    {
        Image.Check(place, nameof(Image));
        if (Image.IsVector)
            throw place.Part(nameof(Image)).Error(nameof(Shape.Dimensions),
                $"is {Image}; it must be the shape of an image, channels x height x width, or of a sequence, " +
                "channels x steps.");
        Require.Within(Labels, 1, Limits.Width, place, nameof(Labels));
    }

    public override Shape OutputShape(Shape input) =>
        input.IsVector && input.Count == Image.Count + Labels
        ? Image.OfChannels(Image.Dimensions[0] + Labels)
        : throw new NetworkException(
            $"{this} takes {Image.Count + Labels} numbers per row, and gets {input.Count} ({input}).");

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T image = new ReshapeLayer(Image).Apply(input.Narrow(1, 0, Image.Count), [], mode);
        long[] axes = Image.WithBatch()[2..];
        T planes = input.Narrow(1, Image.Count, Labels)
            .Reshape([-1, Labels, .. axes.Select(_ => 1L)])                           // [B, K] to [B, K, 1, 1]
            .Expand([-1, -1, .. axes]);                                               // [B, K, H, W]
        return image.Concat(planes, 1);
    }

    public override string ToString() => $"Reshape({Image}) + {Labels} planes";
}
