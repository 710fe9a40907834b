using System.Numerics;
using System.Runtime.CompilerServices;
using Ml.Autoencoders.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>
/// Adam and AdamW over weights in main memory, one pass over each: as tensor operations there are several small ones with
/// temporaries for every weight, which cost more than the arithmetic.
/// </summary>
internal sealed class ManagedAdam(Parameter[] weights, OptimizerKind kind, double weightDecay) : IWeightOptimizer
{
    public AdamState State { get; } = new(weights);

    public void Step(double learningRate)
    {
        AdamRule rule = AdamRule.Of(kind, weightDecay, learningRate, ++State.Steps);
        for (int i = 0; i < weights.Length; i++)
        {
            using Tensor? gradient = weights[i].grad;
            if (gradient is null)
                continue;
            using Tensor ordered = gradient.contiguous();
            Update(weights[i].Numbers, ordered.Numbers, State.Means[i].Numbers, State.Squares[i].Numbers, rule);
        }
    }

    public void Dispose() => State.Dispose();

    /// <summary>Compiled at its best at once: the first epoch would else be over before it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares, AdamRule rule)
    {
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(weights[i..]);
            Vector<float> gradient = new Vector<float>(gradients[i..]) + weight * rule.GradientDecay;
            Vector<float> mean = new Vector<float>(means[i..]) * AdamRule.Beta1 + gradient * (1 - AdamRule.Beta1);
            Vector<float> square = new Vector<float>(squares[i..]) * AdamRule.Beta2 + gradient * gradient * (1 - AdamRule.Beta2);
            Vector<float> root = Vector.SquareRoot(square) * rule.RootScale + new Vector<float>(AdamRule.Epsilon);
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            (weight * rule.Keep - mean * rule.Width / root).CopyTo(weights[i..]);
        }
        for (; i < weights.Length; i++)
        {
            float gradient = gradients[i] + weights[i] * rule.GradientDecay;
            means[i] = means[i] * AdamRule.Beta1 + gradient * (1 - AdamRule.Beta1);
            squares[i] = squares[i] * AdamRule.Beta2 + gradient * gradient * (1 - AdamRule.Beta2);
            float root = MathF.Sqrt(squares[i]) * rule.RootScale + AdamRule.Epsilon;
            weights[i] = weights[i] * rule.Keep - means[i] * rule.Width / root;
        }
    }
}
