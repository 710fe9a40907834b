using Ml.Autoencoders.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Forward and backward through linear layers, batches of 128, with torch's matrix products and with those of training.
/// </summary>
internal static class ProductSpeed
{
    private const int BatchRows = 128;
    private const int Batches = 10;

    public static int Run()
    {
        Console.WriteLine($"Training uses its own products on this processor: {MatrixProduct.IsFaster}.");
        Measure(784, 400);
        Measure(400, 784);
        Measure(784, 128);
        Measure(128, 784);
        Measure(400, 40);
        Measure(1568, 32);
        Measure(1024, 1024);
        return 0;
    }

    private static void Measure(int inputs, int outputs)
    {
        using Tensor input = rand(BatchRows, inputs, requires_grad: true);
        using Tensor weight = rand(outputs, inputs, requires_grad: true);
        using Tensor bias = zeros(outputs, requires_grad: true);
        Console.WriteLine($"linear layer, {inputs} to {outputs}");
        var race = new Race();
        race.Add("torch's products", BatchRows * Batches, () => Step(functional.linear));
        race.Add("training's products", BatchRows * Batches, () => Step(CpuLinear.ByProducts));
        race.Run(rounds: 25);

        void Step(Func<Tensor, Tensor, Tensor, Tensor> layer)
        {
            for (int batch = 0; batch < Batches; batch++)
            {
                using DisposeScope scope = NewDisposeScope();
                autograd.grad([layer(input, weight, bias).sum()], [input, weight, bias]);
            }
        }
    }
}
