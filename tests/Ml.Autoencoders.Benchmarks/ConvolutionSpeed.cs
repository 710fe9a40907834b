using Ml.Autoencoders.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Forward and backward through the convolutions of 1-16-32 and back, batches of 128, in torch's forms
/// and in those of training.
/// </summary>
internal static class ConvolutionSpeed
{
    private const int BatchRows = 128;
    private const int Batches = 10;
    private const int Kernel = 3;
    private const int Stride = 2;
    private const int Padding = 1;

    public static int Run()
    {
        Convolve("convolution, 1 to 16 of 28 x 28", 1, 16, 28);
        Convolve("convolution, 16 to 32 of 14 x 14", 16, 32, 14);
        Transpose("transposed convolution, 32 to 16 of 7 x 7", 32, 16, 7);
        Transpose("transposed convolution, 16 to 1 of 14 x 14", 16, 1, 14);
        return 0;
    }

    private static void Convolve(string name, int channels, int filters, int size) =>
        Measure(name, channels, size, [filters, channels, Kernel, Kernel], filters,
        (input, kernel, bias) =>
        functional.conv2d(input, kernel, bias, strides: [Stride, Stride], padding: [Padding, Padding]),
        (input, kernel, bias) => CpuConvolutions.Convolve(input, kernel, bias, [Stride, Stride], [Padding, Padding],
            isTraining: true));

    private static void Transpose(string name, int channels, int filters, int size) =>
        Measure(name, channels, size, [channels, filters, Kernel, Kernel], filters,
        (input, kernel, bias) =>
        functional.conv_transpose2d(input, kernel, bias, strides: [Stride, Stride], padding: [Padding, Padding],
            output_padding: [1, 1]),
        (input, kernel, bias) =>
        CpuConvolutions.Transpose(input, kernel, bias, [Stride, Stride], [Padding, Padding], [1, 1]));

    private static void Measure(string name, int channels, int size, long[] kernelShape, int filters,
        Func<Tensor, Tensor, Tensor, Tensor> torchs, Func<Tensor, Tensor, Tensor, Tensor> trainings)
    {
        // Rows of the data need no gradient.
        using Tensor input = rand([BatchRows, channels, size, size], requires_grad: channels > 1);
        using Tensor kernel = rand(kernelShape, requires_grad: true);
        using Tensor bias = zeros(filters, requires_grad: true);
        Tensor[] arguments = channels > 1 ? [input, kernel, bias] : [kernel, bias];
        Console.WriteLine(name);
        var race = new Race();
        race.Add("torch's form", BatchRows * Batches, () => Step(torchs));
        race.Add("training's form", BatchRows * Batches, () => Step(trainings));
        race.Run(rounds: 15);

        void Step(Func<Tensor, Tensor, Tensor, Tensor> convolve)
        {
            for (int batch = 0; batch < Batches; batch++)
            {
                using DisposeScope scope = NewDisposeScope();
                autograd.grad([convolve(input, kernel, bias).sum()], arguments);
            }
        }
    }
}
