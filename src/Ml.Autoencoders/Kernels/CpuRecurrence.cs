using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.autograd;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A recurrence in training on a processor, as one operation of torch: what the steps give the gates,
/// <c>[T, B, G H]</c>, to the states that are shown, <c>[T, B, H]</c>. Rows do not meet, so that a thread takes some of
/// them through all steps. Forward it leaves the gates as they are after their functions, of which the slopes are
/// products; the gradient of the weights is one product over all steps.
/// </summary>
internal sealed class CpuRecurrence : SingleTensorFunction<CpuRecurrence>
{
    /// <summary>Rows that go through the steps together: whole tiles of the product.</summary>
    private const int PartRows = 4 * LinearKernel.TileRows;

    private const int LstmGates = 4;

    public override string Name => nameof(CpuRecurrence);

    /// <summary>All steps.</summary>
    /// <param name="given">What the steps give the gates, <c>[T, B, G H]</c>; overwritten, so that there is no copy of
    /// what takes the most memory. No gradient of what it comes from may need it.</param>
    /// <param name="state">The state before the first, <c>[B, H]</c>.</param>
    /// <param name="memory">An LSTM's memory; for a GRU whatever has its shape.</param>
    /// <param name="weight"><c>[G H, H]</c>, whose shape says which cell it is.</param>
    /// <param name="bias"><c>[G H]</c>.</param>
    public static Tensor Of(Tensor given, Tensor state, Tensor memory, Tensor weight, Tensor bias)
    {
        long rows = given.shape[1], half = rows / 2;
        // What does not fit into one piece of memory is computed in two; a row by itself fits.
        if (!given.HasNumbers && half > 0)
            return cat([Some(0, half), Some(half, rows - half)], 1);
        return apply(given.contiguous(), state.contiguous(), memory.contiguous(), weight.contiguous(),
            bias.contiguous());

        Tensor Some(long first, long count) => Of(given.narrow(1, first, count), state.narrow(0, first, count),
            memory.narrow(0, first, count), weight, bias);
    }

    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        (Tensor given, Tensor state, Tensor memory) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        (Tensor weight, Tensor bias) = ((Tensor)vars[3], (Tensor)vars[4]);
        var sizes = new Sizes((int)given.shape[0], (int)given.shape[1], (int)state.shape[1], (int)given.shape[2]);
        Tensor gates = given.detach();                                                 // after their functions
        Tensor before = sizes.States();                                                // h_0 ... h_T
        // Of an LSTM c_0 ... c_T, of a GRU b_1 ... b_T, the part of the new state that the state has.
        Tensor kept = sizes.States();
        before[0].copy_(state);
        kept[0].copy_(memory);
        var panels = new PackedPanels(weight.Numbers, bias.Numbers);
        Share(sizes.Rows, (first, count) => Forward(sizes, first, count, panels, gates, before, kept));
        ctx.save_for_backward([gates, before, kept, weight]);
        return before.narrow(0, 1, sizes.Steps).clone();
    }

    /// <summary>For what was given, the states, weight and bias.</summary>
    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => BackwardPass.Gradients(5, () =>
    {
        List<Tensor> saved = ctx.get_saved_variables();
        (Tensor gates, Tensor before, Tensor kept, Tensor weight) = (saved[0], saved[1], saved[2], saved[3]);
        Tensor gradient = grad_output.contiguous();
        var sizes = new Sizes((int)gradient.shape[0], (int)gradient.shape[1], (int)gradient.shape[2],
            (int)gates.shape[2]);
        // What the gates are given, and what the state gives them; of an LSTM both are the same.
        Tensor given = empty_like(gates), own = sizes.IsLstm ? given : empty_like(gates);
        Tensor state = zeros([sizes.Rows, sizes.Units], dtype: ScalarType.Float32, device: CPU);
        Tensor memory = zeros_like(state);
        var panels = new PackedPanels(weight.t().contiguous().Numbers, new float[sizes.Units]);
        Share(sizes.Rows, (first, count) =>
            Backward(sizes, first, count, panels, (gates, before, kept, gradient), (given, own, state, memory)));
        Tensor flat = own.flatten(0, 1), states = before.narrow(0, 0, sizes.Steps).flatten(0, 1);    // [T B, ...]
        return [given, state, memory, flat.t().mm(states), flat.sum([0L])];
    });

    /// <summary>Some rows through all steps.</summary>
    private static void Forward(Sizes sizes, int first, int count, PackedPanels panels, Tensor gates, Tensor before,
        Tensor kept)
    {
        (int inner, int units) = (sizes.Gates, sizes.Units);
        float[] rented = ArrayPool<float>.Shared.Rent(count * panels.Stride);
        Span<float> own = rented.AsSpan(0, count * panels.Stride);
        for (int step = 0; step < sizes.Steps; step++)
        {
            int start = step * sizes.Rows + first;
            Span<float> all = gates.Numbers.Slice(start * inner, count * inner);
            Span<float> states = before.Numbers[(start * units)..], keeps = kept.Numbers[(start * units)..];
            panels.Run(ref states[0], new EvenPlaces(units), count, new RowRuns(1, units, 0), own);
            for (int row = 0; row < count; row++)
            {
                Span<float> gate = all.Slice(row * inner, inner), ofState = own.Slice(row * panels.Stride, inner);
                int at = row * units, after = (sizes.Rows + row) * units;
                Span<float> next = keeps.Slice(after, units), shown = states.Slice(after, units);
                if (sizes.IsLstm)
                    Lstm(gate, ofState, keeps.Slice(at, units), next, shown);
                else
                    Gru(gate, ofState, states.Slice(at, units), next, shown);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The slopes of some rows, from the last step to the first.</summary>
    private static void Backward(Sizes sizes, int first, int count, PackedPanels panels,
        (Tensor Gates, Tensor Before, Tensor Kept, Tensor Gradient) known,
        (Tensor Given, Tensor Own, Tensor State, Tensor Memory) found)
    {
        (int inner, int units) = (sizes.Gates, sizes.Units);
        float[] rented = ArrayPool<float>.Shared.Rent(count * panels.Stride);
        Span<float> back = rented.AsSpan(0, count * panels.Stride);
        Span<float> slopes = found.State.Numbers.Slice(first * units, count * units);
        Span<float> ofMemories = found.Memory.Numbers.Slice(first * units, count * units);
        for (int step = sizes.Steps - 1; step >= 0; step--)
        {
            int start = step * sizes.Rows + first;
            Span<float> all = known.Gates.Numbers.Slice(start * inner, count * inner);
            Span<float> given = found.Given.Numbers.Slice(start * inner, count * inner);
            Span<float> own = found.Own.Numbers.Slice(start * inner, count * inner);
            Span<float> states = known.Before.Numbers[(start * units)..], keeps = known.Kept.Numbers[(start * units)..];
            TensorPrimitives.Add(slopes, known.Gradient.Numbers.Slice(start * units, count * units), slopes);
            for (int row = 0; row < count; row++)
            {
                Span<float> gate = all.Slice(row * inner, inner), gave = given.Slice(row * inner, inner);
                int at = row * units;
                Span<float> slope = slopes.Slice(at, units), next = keeps.Slice((sizes.Rows + row) * units, units);
                if (sizes.IsLstm)
                    LstmBack(gate, keeps.Slice(at, units), next, slope, ofMemories.Slice(at, units), gave);
                else
                    GruBack(gate, next, states.Slice(at, units), slope, gave, own.Slice(row * inner, inner));
            }
            panels.Run(ref own[0], new EvenPlaces(inner), count, new RowRuns(1, inner, 0), back);
            for (int row = 0; row < count; row++)
            {
                Span<float> slope = slopes.Slice(row * units, units);
                ReadOnlySpan<float> passed = back.Slice(row * panels.Stride, units);
                TensorPrimitives.Add(slope, passed, slope);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>One row: the gates get their functions, and the next memory and state are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lstm(Span<float> gates, ReadOnlySpan<float> own, ReadOnlySpan<float> memory,
        Span<float> nextMemory, Span<float> shown)
    {
        int units = shown.Length;
        Span<float> inputs = gates[..units], forgets = gates.Slice(units, units);
        Span<float> candidates = gates.Slice(2 * units, units), outputs = gates[(3 * units)..];
        for (int i = 0; i < units; i += Lane)
        {
            Vector256<float> input = Sigmoid(At(inputs, i) + At(own[..units], i));
            Vector256<float> forget = Sigmoid(At(forgets, i) + At(own.Slice(units, units), i));
            Vector256<float> candidate = Tanh(At(candidates, i) + At(own.Slice(2 * units, units), i));
            Vector256<float> output = Sigmoid(At(outputs, i) + At(own[(3 * units)..], i));
            Vector256<float> next = forget * At(memory, i) + input * candidate;
            Put(inputs, i, input);
            Put(forgets, i, forget);
            Put(candidates, i, candidate);
            Put(outputs, i, output);
            Put(nextMemory, i, next);
            Put(shown, i, output * Tanh(next));
        }
    }

    /// <summary>The slopes of one row: that of the memory becomes that of the one before, and nothing of that of the
    /// state passes by the gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LstmBack(ReadOnlySpan<float> gates, ReadOnlySpan<float> memory, ReadOnlySpan<float> nextMemory,
        Span<float> slope, Span<float> ofMemory, Span<float> given)
    {
        int units = slope.Length;
        ReadOnlySpan<float> inputs = gates[..units], forgets = gates.Slice(units, units);
        ReadOnlySpan<float> candidates = gates.Slice(2 * units, units), outputs = gates[(3 * units)..];
        for (int i = 0; i < units; i += Lane)
        {
            Vector256<float> input = At(inputs, i), forget = At(forgets, i), candidate = At(candidates, i);
            Vector256<float> output = At(outputs, i), shown = Tanh(At(nextMemory, i)), above = At(slope, i);
            Vector256<float> down = At(ofMemory, i) + above * output * (One - shown * shown);
            Put(given[..units], i, down * candidate * input * (One - input));
            Put(given.Slice(units, units), i, down * At(memory, i) * forget * (One - forget));
            Put(given.Slice(2 * units, units), i, down * input * (One - candidate * candidate));
            Put(given[(3 * units)..], i, above * shown * output * (One - output));
            Put(ofMemory, i, down * forget);
        }
        slope.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gru(Span<float> gates, ReadOnlySpan<float> own, ReadOnlySpan<float> before, Span<float> kept,
        Span<float> shown)
    {
        int units = shown.Length;
        Span<float> resets = gates[..units], updates = gates.Slice(units, units), candidates = gates[(2 * units)..];
        for (int i = 0; i < units; i += Lane)
        {
            Vector256<float> reset = Sigmoid(At(resets, i) + At(own[..units], i));
            Vector256<float> update = Sigmoid(At(updates, i) + At(own.Slice(units, units), i));
            Vector256<float> ofState = At(own[(2 * units)..], i);
            Vector256<float> candidate = Tanh(At(candidates, i) + reset * ofState);
            Put(resets, i, reset);
            Put(updates, i, update);
            Put(candidates, i, candidate);
            Put(kept, i, ofState);
            Put(shown, i, candidate + update * (At(before, i) - candidate));
        }
    }

    /// <summary>The slopes of one row: that of the state is left as what passes by the gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GruBack(ReadOnlySpan<float> gates, ReadOnlySpan<float> kept, ReadOnlySpan<float> before,
        Span<float> slope, Span<float> given, Span<float> own)
    {
        int units = slope.Length;
        ReadOnlySpan<float> resets = gates[..units], updates = gates.Slice(units, units);
        ReadOnlySpan<float> candidates = gates[(2 * units)..];
        for (int i = 0; i < units; i += Lane)
        {
            Vector256<float> reset = At(resets, i), update = At(updates, i), candidate = At(candidates, i);
            Vector256<float> above = At(slope, i);
            Vector256<float> down = above * (One - update) * (One - candidate * candidate);
            Vector256<float> ofReset = down * At(kept, i) * reset * (One - reset);
            Vector256<float> ofUpdate = above * (At(before, i) - candidate) * update * (One - update);
            Put(given[..units], i, ofReset);
            Put(own[..units], i, ofReset);
            Put(given.Slice(units, units), i, ofUpdate);
            Put(own.Slice(units, units), i, ofUpdate);
            Put(given[(2 * units)..], i, down);
            Put(own[(2 * units)..], i, down * reset);
            Put(slope, i, above * update);
        }
    }

    private static int Lane => Vector256<float>.Count;

    private static Vector256<float> One => Vector256<float>.One;

    private static Vector256<float> Sigmoid(Vector256<float> x) => One / (One + Vector256.Exp(-x));

    private static Vector256<float> Tanh(Vector256<float> x) =>
        One - Vector256.Create(2f) / (Vector256.Exp(x + x) + One);

    /// <summary>Eight numbers from a place on, or as many as there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(ReadOnlySpan<float> numbers, int start) => start + Lane <= numbers.Length
        ? Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(numbers), (nuint)start) : Rest(numbers[start..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Span<float> numbers, int start, Vector256<float> values)
    {
        if (start + Lane <= numbers.Length)
            values.StoreUnsafe(ref MemoryMarshal.GetReference(numbers), (nuint)start);
        else
            PutRest(numbers[start..], values);
    }

    private static Vector256<float> Rest(ReadOnlySpan<float> numbers)
    {
        Span<float> whole = stackalloc float[Lane];
        whole.Clear();
        numbers.CopyTo(whole);
        return Vector256.Create<float>(whole);
    }

    private static void PutRest(Span<float> numbers, Vector256<float> values)
    {
        Span<float> whole = stackalloc float[Lane];
        values.CopyTo(whole);
        whole[..numbers.Length].CopyTo(numbers);
    }

    private static void Share(int rows, Action<int, int> work) => TorchThreads.Share(
        (rows + PartRows - 1) / PartRows,
        part => work(part * PartRows, Math.Min(PartRows, rows - part * PartRows)));

    /// <param name="Steps">T.</param>
    /// <param name="Rows">B.</param>
    /// <param name="Units">H.</param>
    /// <param name="Gates">Numbers of the gates of a row, G H.</param>
    private readonly record struct Sizes(int Steps, int Rows, int Units, int Gates)
    {
        public bool IsLstm => Gates == LstmGates * Units;

        /// <summary>Room for a state before the first step and one after each, <c>[T + 1, B, H]</c>.</summary>
        public Tensor States() => empty([Steps + 1, Rows, Units], dtype: ScalarType.Float32, device: CPU);
    }
}
