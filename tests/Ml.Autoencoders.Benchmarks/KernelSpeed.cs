using System.Runtime.Intrinsics.X86;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Each operation that has code of our own on a processor, forward and backward, beside torch's, in a form that is
/// right.
/// </summary>
internal static class KernelSpeed
{
    private const int BatchRows = 128;
    private const int Kernel = 3;

    /// <summary>The least gain of what is used, by both clocks: measurements of equal ways differ by less.</summary>
    private const double LeastGain = 0.9;

    private static readonly long[] Strides = [2, 2];
    private static readonly long[] Paddings = [1, 1];

    private static int _losing;
    private static string _start = "";

    /// <param name="start">Of the names of the operations that are measured; all others are left out.</param>
    /// <returns>1 where a way of our own is used that takes longer than torch's.</returns>
    public static int Run(string start = "")
    {
        _start = start;
        Console.WriteLine($"torch computes with vectors of {(Avx512F.IsSupported ? 512 : 256)} bits on " +
            $"{get_num_threads()} threads; gain: torch's time over ours, and its quarters; work: of processors' time");
        Console.WriteLine($"{"forward and backward",-50}{"torch us/row",14}{"ours us/row",14}{"gain",8}   " +
            $"{"quarters",-14}{"work",6}   used");
        foreach ((int inputs, int outputs) in new[]
            { (784, 400), (400, 784), (784, 128), (128, 784), (400, 40), (1568, 32), (1024, 1024) })
            Linear(inputs, outputs);
        foreach (int filters in new[] { 8, 16, 32, 64 })
            Convolve(28, filters, inputHasGradient: false);
        Convolve(64, 16, inputHasGradient: false);
        Convolve(28, 16, inputHasGradient: true);
        foreach (int filters in new[] { 8, 16, 32, 64 })
            Transpose(filters, 14);
        Transpose(16, 32);
        foreach ((int rows, int width) in new[] { (128, 784), (128, 64), (32, 784), (1024, 784), (128, 3072) })
            CrossEntropy(rows, width);
        foreach (RecurrentCell cell in Enum.GetValues<RecurrentCell>())
        {
            foreach ((int steps, int inputs, int units) in new[]
                { (60, 8, 16), (60, 8, 32), (60, 8, 64), (60, 64, 64), (30, 8, 128) })
                Recur(cell, steps, inputs, units);
        }
        return _losing == 0 ? 0 : 1;
    }

    private static void Linear(int inputs, int outputs)
    {
        using Tensor input = rand(BatchRows, inputs, requires_grad: true);
        using Tensor weight = rand(outputs, inputs, requires_grad: true);
        using Tensor bias = zeros(outputs, requires_grad: true);
        Compare($"linear, {inputs} to {outputs}", BatchRows, [input, weight, bias],
            () => functional.linear(input, weight, bias), () => CpuLinear.ByProducts(input, weight, bias),
            MatrixProduct.IsFaster && CpuLinear.Suits(input, weight));
    }

    /// <summary>Rows of data need no gradient; rows that a prior owns do.</summary>
    private static void Convolve(int size, int filters, bool inputHasGradient)
    {
        using Tensor input = rand([BatchRows, 1, size, size], requires_grad: inputHasGradient);
        using Tensor kernel = rand([filters, 1, Kernel, Kernel], requires_grad: true);
        using Tensor bias = zeros(filters, requires_grad: true);
        Compare($"convolution, 1 to {filters} of {size} x {size}{(inputHasGradient ? ", input too" : "")}", BatchRows,
            inputHasGradient ? [input, kernel, bias] : [kernel, bias],
            () => ChannelsInnermost(TorchConvolutions.Convolve(input, kernel, bias, Strides, Paddings, isBack: true)),
            () => ChannelsInnermost(OneChannel.Convolve(input, kernel, bias, Strides, Paddings)!),
            isUsed: true);
    }

    /// <summary>As the layer that follows takes them: torch's way has to bring them into that order first.</summary>
    private static Tensor ChannelsInnermost(Tensor features) => features.permute(0, 2, 3, 1).contiguous();

    private static void Transpose(int filters, int size)
    {
        using Tensor input = rand([BatchRows, filters, size, size], requires_grad: true);
        using Tensor kernel = rand([filters, 1, Kernel, Kernel], requires_grad: true);
        using Tensor bias = zeros(1, requires_grad: true);
        long[] outputPadding = [1, 1];
        Compare($"transposed convolution, {filters} to 1 of {size} x {size}", BatchRows, [input, kernel, bias],
            () => TorchConvolutions.ConvolveTransposed(input, kernel, bias, Strides, Paddings, outputPadding),
            () => OneChannel.ConvolveTransposed(input, kernel, bias, Strides, Paddings, outputPadding)!,
            isUsed: true);
    }

    private static void CrossEntropy(int rows, int width)
    {
        using Tensor target = rand(rows, width);
        using Tensor logits = randn(rows, width, requires_grad: true);
        Compare($"cross-entropy, {rows} rows of {width}", rows, [logits],
            () => Cpu.TorchCrossEntropy(target, logits), () => CpuCrossEntropy.apply(target, logits),
            CpuCrossEntropy.Suits(target, logits));
    }

    private static void Recur(RecurrentCell cell, int steps, int inputs, int units)
    {
        int gates = RecurrentGates.Count(cell) * units;
        using Tensor input = rand([steps, BatchRows, inputs], requires_grad: true);
        using Tensor ofInput = Weight(gates, inputs), ofState = Weight(gates, units);
        using Tensor bias = Weight(gates), otherBias = Weight(gates);
        using Tensor state = zeros([BatchRows, units]), state3 = state.unsqueeze(0);
        Tensor[] weights = [ofInput, ofState, bias, otherBias];
        int states = RecurrentGates.States(cell);
        Compare($"{cell}, {inputs} to {units}, {steps} steps", BatchRows, [input, .. weights],
            () => TorchRecurrence.Run(input, [.. Enumerable.Repeat(state3, states)], weights),
            () => Cpu.Recurrence(input, [.. Enumerable.Repeat(state, states)], weights, isBackward: false),
            isUsed: true);

        Tensor Weight(params long[] shape)
        {
            double bound = 1 / Math.Sqrt(units);
            return empty(shape).uniform_(-bound, bound).requires_grad_(true);
        }
    }

    private static void Compare(string name, int rows, Tensor[] arguments, Func<Tensor> theirs, Func<Tensor> ours,
        bool isUsed)
    {
        if (!name.StartsWith(_start, StringComparison.OrdinalIgnoreCase))
            return;
        using Tensor forTheirs = Gradient(theirs), forOurs = Gradient(ours);
        Duel duel = Duel.Of(rows, () => Step(theirs, forTheirs), () => Step(ours, forOurs));
        bool isLosing = isUsed && Math.Max(duel.Gain, duel.Work) < LeastGain;
        _losing += isLosing ? 1 : 0;
        Console.WriteLine($"{name,-50}{duel.Theirs,14:N2}{duel.Ours,14:N2}{duel.Gain,8:N2}   " +
            $"{$"{duel.Low:N2} to {duel.High:N2}",-14}{duel.Work,6:N2}   {(isUsed ? "ours" : "torch's")}" +
            (isLosing ? " THOUGH SLOWER" : ""));

        void Step(Func<Tensor> compute, Tensor gradient)
        {
            using DisposeScope scope = NewDisposeScope();
            autograd.grad([compute()], arguments, [gradient]);
        }
    }

    /// <summary>As what comes next gives it: in the order of the output.</summary>
    private static Tensor Gradient(Func<Tensor> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
            return rand_like(compute()).MoveToOuterDisposeScope();
    }
}
