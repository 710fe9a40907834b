using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Training steps of 784-512-256-32 with batch normalization, batch 256: torch's Adam against the managed one.
/// </summary>
internal static class OptimizerSpeed
{
    private const int Pixels = 784;
    private const int BatchRows = 256;
    private const int Batches = 20;

    public static int Run()
    {
        using Generator random = new(1);
        NetworkPlan plan = Network.Dense([512, 256], Activation.Relu, batchNorm: true)
            .Plan(Pixels, 32, 32, endInSigmoid: false);
        using BoundNetwork forTorch = BoundNetwork.Initialize(plan, random, CPU);
        using BoundNetwork forManaged = BoundNetwork.Initialize(plan, random, CPU);
        using Tensor rows = rand(BatchRows, Pixels);
        using optim.Optimizer torchAdam = optim.Adam(forTorch.Trained);
        using var managedAdam = new ManagedAdam([.. forManaged.Trained], OptimizerKind.Adam, 0);

        var race = new Race();
        race.Add("torch's Adam", Batches * BatchRows, () => Train(forTorch, () => torchAdam.step(), rows, random));
        race.Add("managed Adam", Batches * BatchRows,
            () => Train(forManaged, () => managedAdam.Step(1e-3), rows, random));
        race.Run(rounds: 9);
        return 0;
    }

    private static void Train(BoundNetwork network, Action step, Tensor rows, Generator random)
    {
        ForwardMode mode = ForwardMode.Training(random);
        for (int batch = 0; batch < Batches; batch++)
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (Parameter weight in network.Trained)
                weight.grad = null;
            Losses.MeanSquaredError(rows, network.Decode(network.Encode(rows, mode), mode)).mean().backward();
            step();
        }
    }
}
