using System.Buffers;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// A <see cref="FeedbackLayer"/> over rows in managed memory, all of them step by step together: what the vector gives
/// the gates of the first cell, with the first states of all after it, to sequences, channels of a step side by side.
/// </summary>
internal sealed class FeedbackScan : BlockOperation
{
    private readonly FeedbackLayer _layer;

    /// <summary>Of each cell, from the state that the one before shows, or from what is fed back; null where that is a
    /// class.</summary>
    private readonly PackedPanels?[] _given;

    /// <summary>Of the first cell, from each class, <c>[V, G H]</c>; null where numbers are fed back.</summary>
    private readonly float[]? _ofClasses;

    /// <summary>Of each cell, from its own state.</summary>
    private readonly PackedPanels[] _own;

    private readonly PackedPanels _output;
    private readonly int _channelStride;
    private readonly int _mostUnits;
    private readonly int _gateStride;

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">Numbers of the vector, with its label.</param>
    /// <param name="find">Its numbers by name.</param>
    public FeedbackScan(FeedbackLayer layer, int inputs, Func<string, float[]> find)
        : base(checked((int)InputStrideOf(layer)), checked((int)StrideOf(layer)))
    {
        _layer = layer;
        (float[] first, int gates) = (find("weight_ih_l0"), GatesOf(layer, 0));
        float[] ofFed = Columns(first, gates, inputs, layer.Channels);
        _ofClasses = layer.GivesLogOdds ? Transposed(ofFed, gates) : null;
        _given = [.. layer.Units.Select((_, i) => i > 0
            ? new PackedPanels(find($"weight_ih_l{i}"), find($"bias_ih_l{i}"))
            : layer.GivesLogOdds ? null : new PackedPanels(ofFed, new float[gates]))];
        _own = [.. layer.Units.Select((_, i) => new PackedPanels(find($"weight_hh_l{i}"), find($"bias_hh_l{i}")))];
        _output = new PackedPanels(find("output_weight"), find("output_bias"));
        _channelStride = PackedPanels.StrideOf(layer.Channels);
        _mostUnits = layer.Units.Max();
        _gateStride = layer.Units.Select((_, i) => PackedPanels.StrideOf(GatesOf(layer, i))).Max();
    }

    /// <summary>From one row of what it reads to the next.</summary>
    public static long InputStrideOf(FeedbackLayer layer) =>
        PackedPanels.StrideOf(GatesOf(layer, 0) + layer.States);

    /// <summary>From one row of its result to the next.</summary>
    public static long StrideOf(FeedbackLayer layer) =>
        PackedPanels.StrideOf((long)layer.Channels) * layer.Steps;

    /// <summary>Where the numbers of its result lie.</summary>
    public static PictureLayout ResultOf(FeedbackLayer layer) =>
        PictureLayout.Innermost(layer.Channels, layer.Steps, PackedPanels.StrideOf(layer.Channels));

    /// <summary>Numbers that its weights take as they are laid out.</summary>
    public static long WeightsOf(FeedbackLayer layer) => PackedPanels.StrideOf((long)layer.Channels) * layer.Units[^1]
        + layer.Units.Select((units, i) => PackedPanels.StrideOf((long)GatesOf(layer, i))
            * (units + (i == 0 ? layer.Channels : layer.Units[i - 1]))).Sum();

    /// <summary>Some columns of a matrix of so many rows.</summary>
    public static float[] Columns(float[] weight, int rows, int start, int count)
    {
        (int width, var columns) = (weight.Length / rows, new float[checked(rows * count)]);
        for (int row = 0; row < rows; row++)
            weight.AsSpan(row * width + start, count).CopyTo(columns.AsSpan(row * count));
        return columns;
    }

    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        var states = (int)_layer.States;
        int room = checked(count * (states + _mostUnits + 2 * _gateStride + 2 * _channelStride));
        float[] rented = ArrayPool<float>.Shared.Rent(room);
        Span<float> kept = Part(rented, 0, count * states);
        Span<float> shown = Part(rented, kept.Length, count * _mostUnits);
        Span<float> given = Part(rented, kept.Length + shown.Length, count * _gateStride);
        Span<float> own = Part(rented, kept.Length + shown.Length + given.Length, count * _gateStride);
        Span<float> step = Part(rented, room - 2 * count * _channelStride, count * _channelStride);
        Span<float> fed = Part(rented, room - count * _channelStride, count * _channelStride);
        int gates = GatesOf(_layer, 0);
        for (int row = 0; row < count; row++)
            rows.Row(row, Inputs).Slice(gates, states).CopyTo(kept[(row * states)..]);
        Elementwise.Apply(kept, default(RecurrentGates.First));
        for (int i = 0; i < _layer.Steps; i++)
        {
            GiveFirst(rows, count, isFed: i > 0, fed, given);
            RunCells(count, kept, shown, given, own);
            int units = _layer.Units[^1];
            _output.Run(ref shown[0], new EvenPlaces(units), count, new RowRuns(1, units, 0), step);
            for (int row = 0; row < count; row++)
                step.Slice(row * _channelStride, _channelStride).CopyTo(output[(row * Stride + i * _channelStride)..]);
            step.CopyTo(fed);
            if (_layer.Final is { } final)
                ActivationFunctions.Apply(final, fed);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>What the vector and the step before give the gates of the first cell.</summary>
    private void GiveFirst(BlockRows rows, int count, bool isFed, Span<float> fed, Span<float> given)
    {
        (int gates, int stride) = (GatesOf(_layer, 0), PackedPanels.StrideOf(GatesOf(_layer, 0)));
        var channels = new RowRuns(1, _layer.Channels, 0);
        if (isFed)
            _given[0]?.Run(ref fed[0], new EvenPlaces(_channelStride), count, channels, given);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> ofCode = rows.Row(row, Inputs)[..gates];
            if (isFed && _ofClasses is not null)
            {
                // The product with a vector of one 1 is a column.
                int likeliest = TensorPrimitives.IndexOfMax<float>(fed.Slice(row * _channelStride, _layer.Channels));
                _ofClasses.AsSpan(likeliest * gates, gates).CopyTo(given[(row * stride)..]);
            }
            if (isFed)
                Elementwise.Apply(given.Slice(row * stride, gates), ofCode, default(RecurrentGates.Sum));
            else
                ofCode.CopyTo(given[(row * stride)..]);
        }
    }

    /// <summary>One step of all cells. The last state is left in <paramref name="shown"/>.</summary>
    private void RunCells(int count, Span<float> kept, Span<float> shown, Span<float> given, Span<float> own)
    {
        (int states, int start) = ((int)_layer.States, 0);
        for (int i = 0; i < _own.Length; i++)
        {
            (int units, int gates) = (_layer.Units[i], GatesOf(_layer, i));
            int stride = PackedPanels.StrideOf(gates);
            if (i > 0)
            {
                int before = _layer.Units[i - 1];
                _given[i]!.Run(ref shown[0], new EvenPlaces(before), count, new RowRuns(1, before, 0), given);
            }
            _own[i].Run(ref kept[start], new EvenPlaces(states), count, new RowRuns(1, units, 0), own);
            for (int row = 0; row < count; row++)
            {
                Span<float> state = kept.Slice(row * states + start, units);
                RecurrentStep.Run(_layer.Cell, given.Slice(row * stride, gates), own.Slice(row * stride, gates), state,
                    _layer.Cell == RecurrentCell.Lstm ? kept.Slice(row * states + start + units, units) : []);
                state.CopyTo(shown[(row * units)..]);
            }
            start += RecurrentGates.States(_layer.Cell) * units;
        }
    }

    private static float[] Transposed(float[] matrix, int rows)
    {
        (int columns, var turned) = (matrix.Length / rows, new float[matrix.Length]);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                turned[column * rows + row] = matrix[row * columns + column];
        }
        return turned;
    }

    private static int GatesOf(FeedbackLayer layer, int cell) =>
        checked(RecurrentGates.Count(layer.Cell) * layer.Units[cell]);

    private static Span<float> Part(float[] numbers, int start, int count) => numbers.AsSpan(start, count);
}
