using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>
/// Adam and AdamW over weights in main memory, one pass over each: torch's own rule runs several small tensor
/// operations with temporaries for every weight, which costs more than the arithmetic.
/// </summary>
/// <remarks>
/// Kingma and Ba 2014, algorithm 1, with the bias corrections folded into the step width and the denominator as torch
/// does; weight decay as L2 in the gradient (Adam) or decoupled (AdamW; Loshchilov and Hutter 2017, algorithm 2).
/// </remarks>
internal sealed class ManagedAdam(Parameter[] weights, OptimizerKind kind, double weightDecay) : IWeightOptimizer
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[][] _means = [.. weights.Select(weight => new float[weight.numel()])];
    private readonly float[][] _squares = [.. weights.Select(weight => new float[weight.numel()])];
    private int _steps;

    public void Step(double learningRate)
    {
        _steps++;
        double rootOfSquareCorrection = Math.Sqrt(1 - Math.Pow(Beta2, _steps));
        var step = new StepWidths(
            Width: (float)(learningRate / (1 - Math.Pow(Beta1, _steps))),
            RootScale: (float)(1 / rootOfSquareCorrection),
            Keep: kind == OptimizerKind.AdamW ? (float)(1 - learningRate * weightDecay) : 1,
            GradientDecay: kind == OptimizerKind.Adam ? (float)weightDecay : 0);
        for (int i = 0; i < weights.Length; i++)
        {
            using Tensor? gradient = weights[i].grad;
            if (gradient is not null)
                Update(Numbers(weights[i]), Numbers(gradient), _means[i], _squares[i], step);
        }
    }

    public void Dispose()
    {
    }

    private static Span<float> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private static void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares, StepWidths step)
    {
        int i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var weight = new Vector<float>(weights[i..]);
            Vector<float> gradient = new Vector<float>(gradients[i..]) + weight * step.GradientDecay;
            Vector<float> mean = new Vector<float>(means[i..]) * Beta1 + gradient * (1 - Beta1);
            Vector<float> square = new Vector<float>(squares[i..]) * Beta2 + gradient * gradient * (1 - Beta2);
            Vector<float> root = Vector.SquareRoot(square) * step.RootScale + new Vector<float>(Epsilon);
            mean.CopyTo(means[i..]);
            square.CopyTo(squares[i..]);
            (weight * step.Keep - mean * step.Width / root).CopyTo(weights[i..]);
        }
        for (; i < weights.Length; i++)
        {
            float gradient = gradients[i] + weights[i] * step.GradientDecay;
            means[i] = means[i] * Beta1 + gradient * (1 - Beta1);
            squares[i] = squares[i] * Beta2 + gradient * gradient * (1 - Beta2);
            float root = MathF.Sqrt(squares[i]) * step.RootScale + Epsilon;
            weights[i] = weights[i] * step.Keep - means[i] * step.Width / root;
        }
    }

    /// <summary>What is the same for every weight of a step.</summary>
    private readonly record struct StepWidths(float Width, float RootScale, float Keep, float GradientDecay);
}
