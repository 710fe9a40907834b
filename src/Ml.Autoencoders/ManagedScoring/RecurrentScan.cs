using System.Buffers;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// A recurrence over rows in managed memory, all of them step by step together: what the steps give the gates to the
/// states at the steps, channels of a step side by side.
/// </summary>
internal sealed class RecurrentScan : BlockOperation
{
    private readonly RecurrentForm _form;
    private readonly PackedPanels[] _panels;

    /// <param name="form">Its sizes.</param>
    /// <param name="weights">Of each direction, <c>[G H, H]</c>.</param>
    /// <param name="biases">Of each direction, <c>[G H]</c>.</param>
    public RecurrentScan(RecurrentForm form, float[][] weights, float[][] biases)
        : base(checked((int)form.InputStride), checked((int)form.Stride))
    {
        _form = form;
        _panels = [.. weights.Zip(biases, (weight, bias) => new PackedPanels(weight, bias))];
        if (_panels.Length != form.Directions || biases.Any(bias => bias.Length != form.Gates)
            || weights.Any(weight => weight.Length != (long)form.Gates * form.Units))
            throw new ArgumentException("The weights are not those of the recurrence.");
    }

    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        (int units, int panels) = (_form.Units, PackedPanels.StrideOf(_form.Gates));
        float[] rented = ArrayPool<float>.Shared.Rent(checked(count * (2 * units + panels)));
        Span<float> shown = rented.AsSpan(0, count * units);
        Span<float> memories = rented.AsSpan(shown.Length, count * units);
        Span<float> gates = rented.AsSpan(2 * shown.Length, count * panels);
        for (int direction = 0; direction < _form.Directions; direction++)
        {
            Begin(rows, count, shown, memories);
            for (int i = 0; i < _form.Steps; i++)
            {
                int step = direction == 1 ? _form.Steps - 1 - i : i;
                _panels[direction].Run(ref shown[0], new EvenPlaces(units), count, new RowRuns(1, units, 0), gates);
                for (int row = 0; row < count; row++)
                {
                    Span<float> state = shown.Slice(row * units, units);
                    RecurrentStep.Run(_form.Cell,
                        rows.Row(row, Inputs).Slice(_form.GivenAt(step, direction), _form.Gates),
                        gates.Slice(row * panels, _form.Gates), state, memories.Slice(row * units, units));
                    if (_form.ShownAt(step, direction, isLast: i == _form.Steps - 1) is { } at)
                        state.CopyTo(output[(row * Stride + at)..]);
                }
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The states before the first step.</summary>
    private void Begin(BlockRows rows, int count, Span<float> shown, Span<float> memories)
    {
        int units = _form.Units;
        if (!_form.Unfolds)
        {
            shown.Clear();
            memories.Clear();
            return;
        }
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> states = rows.Row(row, Inputs)[_form.Gates..];
            states[..units].CopyTo(shown[(row * units)..]);
            if (_form.Cell == RecurrentCell.Lstm)
                states.Slice(units, units).CopyTo(memories[(row * units)..]);
        }
        Elementwise.Apply(shown, default(RecurrentGates.First));
        if (_form.Cell == RecurrentCell.Lstm)
            Elementwise.Apply(memories, default(RecurrentGates.First));
    }
}
