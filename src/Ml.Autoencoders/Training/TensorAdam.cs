using Ml.Autoencoders.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>Adam and AdamW as tensor operations, for weights in a GPU's memory.</summary>
internal sealed class TensorAdam(Parameter[] weights, OptimizerKind kind, double weightDecay) : IWeightOptimizer
{
    public AdamState State { get; } = new(weights);

    public void Step(double learningRate)
    {
        using IDisposable noGrad = no_grad();
        AdamRule rule = AdamRule.Of(kind, weightDecay, learningRate, ++State.Steps);
        for (int i = 0; i < weights.Length; i++)
        {
            using var scope = NewDisposeScope();
            if (weights[i].grad is not { } gradient)
                continue;
            if (rule.GradientDecay != 0)
                gradient = gradient.Plus(weights[i].Times(rule.GradientDecay));
            Tensor mean = State.Means[i].TimesInPlace(AdamRule.Beta1).PlusInPlace(gradient.Times(1 - AdamRule.Beta1));
            Tensor square = State.Squares[i].TimesInPlace(AdamRule.Beta2)
                .PlusInPlace(gradient.Squared().Times(1 - AdamRule.Beta2));
            Tensor root = square.sqrt().Times(rule.RootScale).Plus(AdamRule.Epsilon);
            weights[i].TimesInPlace(rule.Keep).sub_(mean.Times(rule.Width) / root);
        }
    }

    public void Dispose() => State.Dispose();
}
