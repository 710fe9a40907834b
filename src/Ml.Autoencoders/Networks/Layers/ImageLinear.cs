using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Linear layers from pictures and to pictures. On a processor convolutions take and give channels innermost, and
/// vectors have them outermost: in training it is the numbers of whole batches that would change their order at each
/// passage, or the weights.
/// </summary>
internal static class ImageLinear
{
    /// <summary><c>[B, C, H, W]</c>, weight <c>[out, C H W]</c>, bias <c>[out]</c> to <c>[B, out]</c>.</summary>
    public static Tensor FromImage(Tensor image, Tensor weight, Tensor bias, ForwardMode mode)
    {
        // Few rows have fewer numbers than the weights. In prediction the bits of a row must not depend on
        // how many others there are.
        if (!mode.IsTraining || image.device_type != DeviceType.CPU || image.shape[0] <= weight.shape[0]
            || image.is_contiguous())
            return Cpu.Linear(image.flatten(1), weight, bias, mode.IsTraining);
        Tensor ordered = weight.unflatten(1, image.shape[1..]).permute(0, 2, 3, 1); // [out, H, W, C]
        return Cpu.Linear(image.permute(0, 2, 3, 1).flatten(1), ordered.flatten(1), bias, mode.IsTraining);
    }

    /// <summary><c>[B, in]</c>, weight <c>[C H W, in]</c>, bias <c>[C H W]</c> to <c>[B, C, H, W]</c>.</summary>
    public static Tensor ToImage(Tensor input, Tensor weight, Tensor bias, Shape image, ForwardMode mode)
    {
        if (!mode.IsTraining || input.device_type != DeviceType.CPU || input.shape[0] <= weight.shape[1])
            return Cpu.Linear(input, weight, bias, mode.IsTraining).reshape(image.WithBatch());
        long[] sizes = image.WithBatch()[1..];
        Tensor ordered = weight.unflatten(0, sizes).permute(1, 2, 0, 3);            // [H, W, C, in]
        Tensor shift = bias.unflatten(0, sizes).permute(1, 2, 0);                   // [H, W, C]
        return Cpu.Linear(input, ordered.flatten(0, 2), shift.flatten(), mode.IsTraining)    // [B, H W C]
            .unflatten(1, sizes[1], sizes[2], sizes[0]).permute(0, 3, 1, 2);
    }
}
