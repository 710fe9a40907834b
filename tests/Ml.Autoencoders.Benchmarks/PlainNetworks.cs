using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>The networks of the training benchmark as TorchSharp modules, each with its loss.</summary>
internal static class PlainNetworks
{
    private const int Pixels = 784;

    /// <summary>784-128-64-32 and back, squared error.</summary>
    public static (Module Network, Func<Tensor, Tensor> Loss) Dense()
    {
        Sequential network = Sequential(Linear(Pixels, 128), ReLU(), Linear(128, 64), ReLU(), Linear(64, 32),
            Linear(32, 64), ReLU(), Linear(64, 128), ReLU(), Linear(128, Pixels));
        return (network, batch => functional.mse_loss(network.forward(batch), batch));
    }

    /// <summary>1-16-32 filters of stride 2, a code of 32, and back, squared error.</summary>
    public static (Module Network, Func<Tensor, Tensor> Loss) Convolutional()
    {
        Sequential network = Sequential(Unflatten(1, [1, 28, 28]),
            Conv2d(1, 16, 3, stride: 2, padding: 1), ReLU(), Conv2d(16, 32, 3, stride: 2, padding: 1), ReLU(),
            Flatten(), Linear(1568, 32),
            Linear(32, 1568), Unflatten(1, [32, 7, 7]), ReLU(),
            ConvTranspose2d(32, 16, 3, stride: 2, padding: 1, output_padding: 1), ReLU(),
            ConvTranspose2d(16, 1, 3, stride: 2, padding: 1, output_padding: 1), Flatten());
        return (network, batch => functional.mse_loss(network.forward(batch), batch));
    }

    /// <summary>
    /// 784-400-20 and back, cross-entropy and KL in nats per row, as PyTorch's example <c>vae</c> has them.
    /// </summary>
    public static (Module Network, Func<Tensor, Tensor> Loss) Variational()
    {
        Sequential encoder = Sequential(Linear(Pixels, 400), ReLU(), Linear(400, 2 * 20));
        Sequential decoder = Sequential(Linear(20, 400), ReLU(), Linear(400, Pixels), Sigmoid());
        return (ModuleList(encoder, decoder), Loss);

        Tensor Loss(Tensor batch)
        {
            Tensor[] halves = encoder.forward(batch).chunk(2, 1);
            (Tensor mean, Tensor logVariance) = (halves[0], halves[1]);
            Tensor code = mean + (0.5 * logVariance).exp() * randn_like(mean);
            Tensor reconstruction = functional.binary_cross_entropy(decoder.forward(code), batch,
                reduction: Reduction.Sum);
            Tensor divergence = -0.5 * (1 + logVariance - mean.pow(2) - logVariance.exp()).sum();
            return (reconstruction + divergence) / batch.shape[0];
        }
    }
}
