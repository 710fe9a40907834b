using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// y = x W' + b in training, with the three matrix products of its way there and back: <c>[B, in]</c>, <c>[out, in]</c>, <c>[out]</c> to <c>[B, out]</c>.
/// </summary>
internal sealed class CpuLinear : SingleTensorFunction<CpuLinear>
{
    /// <summary>Multiplications, for which a call of managed code by torch, and of torch by that, is worth while.</summary>
    private const long LeastWork = 1 << 21;

    public override string Name => nameof(CpuLinear);

    /// <summary>The layer on whichever way is the fastest.</summary>
    public static Tensor Of(Tensor input, Tensor weight, Tensor bias, ForwardMode mode) =>
        MatrixProduct.IsFaster && mode.IsTraining && Suits(input, weight) ? ByProducts(input, weight, bias) : nn.functional.linear(input, weight, bias);

    /// <summary>The layer with products in managed code, which fill tiles.</summary>
    public static Tensor ByProducts(Tensor input, Tensor weight, Tensor bias) => apply(input.contiguous(), weight.contiguous(), bias.contiguous());

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        (Tensor input, Tensor weight, Tensor bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        ctx.save_for_backward([input, weight]);
        return MatrixProduct.Of(new(input), new(weight, IsTransposed: true), bias);
    }

    /// <summary>For the input (where anybody asks), weight and bias.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => BackwardPass.Gradients(3, () =>
    {
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor input, Tensor weight, Tensor gradient) = (saved[0], saved[1], grad_output.contiguous());
        return
        [
            input.requires_grad ? MatrixProduct.Of(new(gradient), new(weight)) : null!,
            MatrixProduct.Of(new(gradient, IsTransposed: true), new(input)),
            gradient.sum([0L]),
        ];
    });

    /// <summary>Whether all three products are large enough for tiles, and for the effort.</summary>
    private static bool Suits(Tensor input, Tensor weight)
    {
        if (input.shape is not [long rows, long inputs] || !input.HasNumbers || !weight.HasNumbers)
            return false;
        long outputs = weight.shape[0];
        return rows * inputs * outputs >= LeastWork && rows * outputs <= TensorMemory.Most
            && MatrixProduct.HasTiles(rows, outputs) && MatrixProduct.HasTiles(rows, inputs) && MatrixProduct.HasTiles(outputs, inputs);
    }
}
