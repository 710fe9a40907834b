using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// y = x W' + b in training, with the three matrix products of its passes forward and backward: <c>[B, in]</c>,
/// <c>[out, in]</c>, <c>[out]</c> to <c>[B, out]</c>.
/// </summary>
internal sealed class CpuLinear : SingleTensorFunction<CpuLinear>
{
    /// <summary>
    /// Multiplications for which a call of managed code by torch, and of torch by that code, is worthwhile.
    /// </summary>
    private const long MinWork = 1 << 21;

    /// <summary>Rows that torch's product computes side by side, and the outputs from which on it does so in
    /// the same way wherever a row is. What is left over goes through other kernels, which add in another
    /// order.</summary>
    private const int RowsTogether = 4;

    private const int OutputsTogether = 16;

    public override string Name => nameof(CpuLinear);

    /// <summary>The layer in prediction, where the bits of a row must not depend on how many others there are: the
    /// last group of rows is filled up with the first of all, and few outputs with zeros.</summary>
    public static Tensor InWholeGroups(Tensor input, Tensor weight, Tensor bias)
    {
        if (input.dim() != 2 || input.device_type != TorchSharp.DeviceType.CPU)
            return nn.functional.linear(input, weight, bias);
        (long rows, long outputs) = (input.shape[0], weight.shape[0]);
        if (rows % RowsTogether != 0)
            input = cat([input, input.narrow(0, 0, 1).expand(RowsTogether - rows % RowsTogether, -1)]);
        if (outputs < OutputsTogether)
        {
            long missing = OutputsTogether - outputs;
            weight = cat([weight, zeros([missing, weight.shape[1]], dtype: weight.dtype, device: weight.device)]);
            bias = cat([bias, zeros([missing], dtype: bias.dtype, device: bias.device)]);
        }
        Tensor output = nn.functional.linear(input, weight, bias).narrow(0, 0, rows);
        return outputs < OutputsTogether ? output.narrow(1, 0, outputs).contiguous() : output;
    }

    /// <summary>The layer with products in managed code, which fill tiles.</summary>
    public static Tensor ByProducts(Tensor input, Tensor weight, Tensor bias) =>
        apply(input.contiguous(), weight.contiguous(), bias.contiguous());

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        (Tensor input, Tensor weight, Tensor bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        ctx.save_for_backward([input, weight]);
        return MatrixProduct.Of(new(input), new(weight, IsTransposed: true), bias);
    }

    /// <summary>For the input (where requested), weight and bias.</summary>
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

    /// <summary>Whether all three products are large enough for tiles, and worth the effort.</summary>
    public static bool Suits(Tensor input, Tensor weight)
    {
        if (input.shape is not [long rows, long inputs] || !input.HasNumbers || !weight.HasNumbers)
            return false;
        long outputs = weight.shape[0];
        return rows * inputs * outputs >= MinWork && rows * outputs <= TensorMemory.Most
            && MatrixProduct.HasTiles(rows, outputs) && MatrixProduct.HasTiles(rows, inputs)
            && MatrixProduct.HasTiles(outputs, inputs);
    }
}
