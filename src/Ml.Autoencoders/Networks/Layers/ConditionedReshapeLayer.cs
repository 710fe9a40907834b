using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

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

    public override Tensor Forward(Tensor input, IReadOnlyList<Tensor> parameters, ForwardMode mode)
    {
        Tensor image = input.narrow(1, 0, Image.Count).reshape(Image.WithBatch());
        Tensor planes = input.narrow(1, Image.Count, Labels)                       // [B, K]
            .unsqueeze(-1).unsqueeze(-1)                                           // [B, K, 1, 1]
            .expand(-1, -1, Image.Dimensions[1], Image.Dimensions[2]);             // [B, K, H, W]
        return cat([image, planes], 1);
    }

    public override OnnxValue Export(OnnxValue input, IReadOnlyList<OnnxValue> parameters)
    {
        (long channels, long height, long width) = (Image.Dimensions[0], Image.Dimensions[1], Image.Dimensions[2]);
        OnnxValue image = input.Columns(0, Image.Count).Reshaped(0, channels, height, width);
        OnnxValue planes = input.Columns(Image.Count, Labels).Reshaped(0, Labels, 1, 1)       // [B, K, 1, 1]
            .With("Expand", input.Graph.Indices(1, 1, height, width));                        // [B, K, H, W]
        return image.Beside(planes, axis: 1);
    }

    public override string ToString() => $"Reshape({Image}) + {Labels} planes";
}
