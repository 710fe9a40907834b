using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// Torch's recurrences as functions of the tensors that are passed to them. TorchSharp has them only as modules, which
/// own their weights, draw them from the global generator, and lose them in a DisposeScope; a constant TorchScript
/// calls the same functions.
/// </summary>
/// <remarks>For devices other than a processor, where <see cref="CpuRecurrence"/> computes. These read memory by the
/// shapes that they expect, and check none: all of them are checked here.</remarks>
internal static class TorchRecurrence
{
    /// <summary>The arguments after the weights: biases there, layers, dropout, gradients wanted, directions, and the
    /// steps, not the rows, outermost.</summary>
    private const string Source = """
        def lstm(x: Tensor, h: Tensor, c: Tensor, w: List[Tensor]):
            return torch.lstm(x, [h, c], w, True, 1, 0.0, True, False, False)[0]

        def lstm_both(x: Tensor, h: Tensor, c: Tensor, w: List[Tensor]):
            return torch.lstm(x, [h, c], w, True, 1, 0.0, True, True, False)[0]

        def gru(x: Tensor, h: Tensor, w: List[Tensor]):
            return torch.gru(x, h, w, True, 1, 0.0, True, False, False)[0]

        def gru_both(x: Tensor, h: Tensor, w: List[Tensor]):
            return torch.gru(x, h, w, True, 1, 0.0, True, True, False)[0]


        """;

    private const int WeightsOfDirection = 4;

    private static readonly Lazy<jit.CompilationUnit> Functions = new(() => jit.compile(Source));

    /// <summary><c>[T, B, I]</c> to <c>[T, B, D H]</c>.</summary>
    /// <param name="input">The numbers of the steps.</param>
    /// <param name="states">One for a GRU, two for an LSTM, before the first step: <c>[D, B, H]</c> each.</param>
    /// <param name="weights">Of each direction <c>[G H, I]</c>, <c>[G H, H]</c>, <c>[G H]</c>, <c>[G H]</c>, where G
    /// is 3 for a GRU and 4 for an LSTM.</param>
    public static Tensor Run(Tensor input, Tensor[] states, Tensor[] weights)
    {
        Require(input, states, weights);
        string name = (states.Length == 2 ? "lstm" : "gru") + (weights.Length == WeightsOfDirection ? "" : "_both");
        return (Tensor)Functions.Value.invoke(name, [input, .. states, weights]);
    }

    /// <exception cref="ArgumentException">A tensor is not what the functions take it for.</exception>
    public static void Require(Tensor input, Tensor[] states, Tensor[] weights)
    {
        if (states.Length is not (1 or 2) || weights.Length is not (WeightsOfDirection or 2 * WeightsOfDirection))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A recurrence has 1 or 2 states and 4 or 8 weights, not {states.Length} and {weights.Length}."));
        }
        Shaped(input, [-1, -1, -1], "input");
        long rows = input.shape[1], inputs = input.shape[2];
        Shaped(weights[1], [-1, -1], "weights");
        (long units, long gates) = (weights[1].shape[1], (states.Length == 2 ? 4 : 3) * weights[1].shape[1]);
        if (input.NumberOfElements == 0 || units == 0)
            throw new ArgumentException("A recurrence of no numbers.");
        foreach (Tensor state in states)
            Shaped(state, [weights.Length / WeightsOfDirection, rows, units], "states");
        long[][] expected = [[gates, inputs], [gates, units], [gates], [gates]];
        for (int i = 0; i < weights.Length; i++)
            Shaped(weights[i], expected[i % WeightsOfDirection], "weights");

        void Shaped(Tensor tensor, long[] shape, string name)
        {
            bool isRight = tensor.dim() == shape.Length && tensor.dtype == ScalarType.Float32
                && tensor.device_type == input.device_type && tensor.device_index == input.device_index;
            for (int i = 0; isRight && i < shape.Length; i++)
                isRight = shape[i] < 0 || tensor.shape[i] == shape[i];
            if (!isRight)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"[{Shown.List(tensor.shape)}] of {tensor.dtype} on {tensor.device} where a recurrence takes ") +
                    FormattableString.Invariant($"[{Shown.List(shape)}] of Float32 on {input.device}."), name);
            }
        }
    }
}
