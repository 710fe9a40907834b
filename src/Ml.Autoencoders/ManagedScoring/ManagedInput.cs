using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>A row as the column has it to what the encoder takes: planar, small where it was trained on pictures that
/// were made small, scaled, and with its gaps marked. The managed counterpart of
/// <see cref="Models.AutoencoderModel.InNetworkUnits"/> and of
/// <see cref="Arrays.GappedRows{T}.Marked"/>.</summary>
internal sealed class ManagedInput
{
    private readonly ImageFormat? _image;
    private readonly (Corruption Corruption, Shape Shape)? _reduction;
    private readonly ManagedScaler? _scaler;
    private readonly bool _marksGaps;

    private ManagedInput(int size, ImageFormat? image, (Corruption Corruption, Shape Shape)? reduction,
        ManagedScaler? scaler, bool marksGaps) =>
        (Size, _image, _reduction, _scaler, _marksGaps) = (size, image, reduction, scaler, marksGaps);

    /// <summary>Numbers of a row in the column.</summary>
    public int Size { get; }

    /// <summary>That of rows of a size; null where rows are taken as they are.</summary>
    public static ManagedInput? Of(ModelDefinition definition, int size, ManagedScaler? scaler)
    {
        ImageFormat? image = definition.ImageOf(size) is { Order: not PixelOrder.Planar } interleaved
            ? interleaved : null;
        (Corruption, Shape)? reduction = size == definition.Network.InputSize
            ? null : (definition.Corruption, definition.RowShape);
        bool marksGaps = definition.Network.MarksGaps;
        return image is null && reduction is null && scaler is null && !marksGaps
            ? null : new ManagedInput(size, image, reduction, scaler, marksGaps);
    }

    /// <summary>That of rows in the network's units; null where those are taken as they are.</summary>
    public static ManagedInput? OfScaled(ModelDefinition definition) => definition.Network.MarksGaps
        ? new ManagedInput(definition.Network.InputSize, null, null, null, marksGaps: true) : null;

    /// <param name="row">The row.</param>
    /// <param name="whole">What the encoder takes: the row's slots, and its gaps where they are marked.</param>
    public void Read(ReadOnlySpan<float> row, Span<float> whole)
    {
        Span<float> slots = _marksGaps ? whole[..Size] : whole;
        if (_reduction is { } reduction)
        {
            var planar = new float[Size];
            Order(row, planar);
            reduction.Corruption.Reduce(planar, reduction.Shape).CopyTo(slots);
        }
        else
        {
            Order(row, slots);
        }
        _scaler?.Apply(slots);
        if (_marksGaps)
            Mark(slots, whole[Size..]);
    }

    private static void Mark(Span<float> slots, Span<float> gaps)
    {
        gaps.Clear();
        if (!MissingValues.AreIn(slots))
            return;
        for (int slot = 0; slot < slots.Length; slot++)
        {
            if (float.IsNaN(slots[slot]))
                (slots[slot], gaps[slot]) = (0, 1);
        }
    }

    private void Order(ReadOnlySpan<float> row, Span<float> planar)
    {
        if (_image is null)
            row.CopyTo(planar);
        else
            Rearrangement.Move(row, _image.Layout, planar, _image.PlanarLayout);
    }
}
