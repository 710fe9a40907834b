using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>Torch's own Adam and AdamW, for weights in a GPU's memory.</summary>
internal sealed class TorchAdam(Parameter[] weights, OptimizerKind kind, double weightDecay) : IWeightOptimizer
{
    private readonly OptimizerHelper _optimizer = kind == OptimizerKind.Adam
        ? optim.Adam(weights, weight_decay: weightDecay)
        : optim.AdamW(weights, weight_decay: weightDecay);

    public void Step(double learningRate)
    {
        foreach (optim.ILearningRateController group in _optimizer.ParamGroups)
            group.LearningRate = learningRate;
        _optimizer.step();
    }

    public void Dispose() => _optimizer.Dispose();
}
