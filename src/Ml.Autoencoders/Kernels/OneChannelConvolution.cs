using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A convolution from one channel to many on a processor, as an operation of torch: pictures <c>[B, H, W]</c>, kernel
/// <c>[F, 1, k, k]</c>, bias <c>[F]</c> and geometry to <c>[B, rows, columns, F]</c>.
/// </summary>
internal sealed class OneChannelConvolution : SingleTensorFunction<OneChannelConvolution>
{
    public override string Name => nameof(OneChannelConvolution);

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (pictures, kernel, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var geometry = (OneChannelGeometry)vars[3];
        ctx.save_for_backward([pictures, kernel]);
        ctx.save_data(nameof(OneChannelGeometry), geometry);
        return OneChannelBatch.Correlate(geometry, pictures, kernel, bias);
    }

    /// <summary>For pictures (where requested), kernel and bias.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => BackwardPass.Gradients(4, () =>
    {
        List<Tensor> saved = ctx.get_saved_variables();
        var geometry = (OneChannelGeometry)ctx.get_data(nameof(OneChannelGeometry));
        (Tensor pictures, Tensor kernel, Tensor gradient) = (saved[0], saved[1], grad_output.contiguous());
        return
        [
            pictures.requires_grad ? OneChannelBatch.Spread(geometry, gradient, kernel, bias: null) : null!,
            OneChannelBatch.Products(geometry, pictures, gradient),
            gradient.sum([0, 1, 2]),
            null!,
        ];
    });
}
