using System.Buffers;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>How unlikely the value of each column of a row is given the others: the managed counterpart of
/// <see cref="Models.Prediction{T}.Reasons"/>.</summary>
/// <param name="definition">The model.</param>
/// <param name="numbers">Its numbers.</param>
/// <param name="encoder">Rows with their gaps to what codes are read from.</param>
/// <param name="decoder">Codes to what the likelihood takes.</param>
/// <param name="read">Reads codes.</param>
/// <param name="readSize">Numbers that it reads.</param>
internal sealed class ManagedReasons(ModelDefinition definition, ModelNumbers numbers, ManagedStack encoder,
    ManagedStack decoder, CodeReader read, int readSize)
{
    private readonly SlotColumns _columns = definition.Table;
    private readonly float[] _scale = numbers[ScoreNumbers.ReasonScale];
    private readonly float[] _offset = numbers[ScoreNumbers.ReasonOffset];

    /// <summary>Reasons of a row, C.</summary>
    public int Size => _columns.Count;

    /// <param name="rows">The rows, in the network's units, with their gaps after them.</param>
    /// <param name="count">How many.</param>
    /// <param name="labels">The index of each row's label; empty where there is none.</param>
    /// <param name="room">Memory for a pass through the network.</param>
    /// <param name="reasons">Gets C numbers for each.</param>
    public void Write(BlockRows rows, int count, ReadOnlySpan<long> labels, ManagedScratch room, Span<float> reasons)
    {
        int size = _columns.Slots;
        float[] rented = ArrayPool<float>.Shared.Rent(checked(count * 2 * size + size));
        Span<float> hidden = rented.AsSpan(0, count * 2 * size), errors = rented.AsSpan(count * 2 * size, size);
        for (int column = 0; column < Size; column++)
        {
            SlotGroup slots = _columns.All[column];
            for (int row = 0; row < count; row++)
            {
                Span<float> marked = hidden.Slice(row * 2 * size, 2 * size);
                rows.Row(row, 2 * size).CopyTo(marked);
                marked.Slice(slots.First, slots.Count).Clear();
                marked.Slice(size + slots.First, slots.Count).Fill(1);
            }
            Span<float> output = Pass(new BlockRows(hidden, 2 * size), count, labels, room);
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<float> gaps = ManagedGaps.Of(definition, rows, row, size);
                definition.Objective.Likelihood.SlotErrors(rows.Row(row, size), gaps,
                    output.Slice(row * decoder.Stride, size), errors);
                float missing = Elementwise.Sum(gaps.Slice(slots.First, slots.Count)) / slots.Count;
                reasons[row * Size + column] = (1 - missing)
                    * (Elementwise.Sum(errors.Slice(slots.First, slots.Count)) * _scale[column] + _offset[column]);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>What the decoder gives for marked rows.</summary>
    private Span<float> Pass(BlockRows marked, int count, ReadOnlySpan<long> labels, ManagedScratch room)
    {
        Span<float> encoded = encoder.Run(marked, count, labels, room.First, room.Second, hidden: default);
        for (int row = 0; row < count; row++)
            read(encoded.Slice(row * encoder.Stride, encoder.Outputs), room.Read.Slice(row * readSize, readSize));
        return decoder.Run(new BlockRows(room.Read, readSize), count, labels, room.First, room.Second);
    }
}
