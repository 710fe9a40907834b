using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A transposed convolution from many channels to one on a processor, as an operation of torch: features <c>[B, rows,
/// columns, F]</c>, kernel <c>[F, 1, k, k]</c>, bias <c>[1]</c> and geometry to <c>[B, H, W]</c>. It is the backward
/// pass of <see cref="OneChannelConvolution"/>, and vice versa.
/// </summary>
internal sealed class OneChannelTransposition : SingleTensorFunction<OneChannelTransposition>
{
    public override string Name => nameof(OneChannelTransposition);

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (features, kernel, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var geometry = (OneChannelGeometry)vars[3];
        ctx.save_for_backward([features, kernel]);
        ctx.save_data(nameof(OneChannelGeometry), geometry);
        return OneChannelBatch.Spread(geometry, features, kernel, bias);
    }

    /// <summary>For features, kernel and bias.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => BackwardPass.Gradients(4, () =>
    {
        List<Tensor> saved = ctx.get_saved_variables();
        var geometry = (OneChannelGeometry)ctx.get_data(nameof(OneChannelGeometry));
        (Tensor features, Tensor kernel, Tensor gradient) = (saved[0], saved[1], grad_output.contiguous());
        return
        [
            OneChannelBatch.Correlate(geometry, gradient, kernel, bias: null),
            OneChannelBatch.Products(geometry, gradient, features),
            gradient.sum().reshape(1),
            null!,
        ];
    });
}
