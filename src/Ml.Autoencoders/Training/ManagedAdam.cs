using System.Numerics;
using System.Runtime.CompilerServices;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>
/// Adam and AdamW over weights in main memory, in one pass that is divided among torch's threads: tensor operations
/// would be several small ones with temporaries for every weight, which cost more than the arithmetic.
/// </summary>
internal sealed class ManagedAdam(Parameter[] weights, OptimizerKind kind, double weightDecay) : IWeightOptimizer
{
    /// <summary>
    /// Whole vectors of every width, so that the place of a cut has no effect on the bits of a number.
    /// </summary>
    private const int PartNumbers = 16 << 10;

    private readonly Part[] _parts = [.. weights.SelectMany(Cut)];

    public AdamState State { get; } = new(weights);

    public void Step(double learningRate)
    {
        AdamRule rule = AdamRule.Of(kind, weightDecay, learningRate, ++State.Steps);
        using DisposeScope scope = NewDisposeScope();
        Tensor?[] gradients = [.. weights.Select(weight => weight.grad?.contiguous())];
        TorchThreads.Share(_parts.Length, i =>
        {
            Part part = _parts[i];
            if (gradients[part.Weight] is { } gradient)
                Update(part.Of(weights[part.Weight]), part.Of(gradient), part.Of(State.Means[part.Weight]),
                    part.Of(State.Squares[part.Weight]), rule);
        });
    }

    public void Dispose() => State.Dispose();

    private static IEnumerable<Part> Cut(Parameter weight, int index)
    {
        int count = (int)weight.NumberOfElements;
        for (int start = 0; start < count; start += PartNumbers)
            yield return new Part(index, start, Math.Min(PartNumbers, count - start));
    }

    /// <summary>Compiled with full optimization at once: otherwise the first epoch would be over before it
    /// is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means,
        Span<float> squares, AdamRule rule)
    {
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(weights[i..]);
            Vector<float> gradient = new Vector<float>(gradients[i..]) + weight * rule.GradientDecay;
            Vector<float> mean = new Vector<float>(means[i..]) * AdamRule.Beta1 + gradient * (1 - AdamRule.Beta1);
            Vector<float> square = new Vector<float>(squares[i..]) * AdamRule.Beta2
                + gradient * gradient * (1 - AdamRule.Beta2);
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

    /// <summary>Numbers of a weight that a thread takes at once.</summary>
    private readonly record struct Part(int Weight, int Start, int Length)
    {
        public Span<float> Of(Tensor tensor) => tensor.Numbers.Slice(Start, Length);
    }
}
