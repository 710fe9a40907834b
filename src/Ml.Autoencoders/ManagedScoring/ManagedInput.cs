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

    /// <summary>Keys that there are; 0 where rows are numbers.</summary>
    private readonly int _classes;

    private ManagedInput(ModelDefinition definition, int size, ImageFormat? image,
        (Corruption Corruption, Shape Shape)? reduction, ManagedScaler? scaler)
    {
        (Size, _image, _reduction, _scaler) = (size, image, reduction, scaler);
        _classes = definition.Network.Tokens?.Classes ?? 0;
        _marksGaps = definition.Network.TakesGaps;
        Width = (_marksGaps ? 2 : 1) * definition.Network.InputSize;
    }

    /// <summary>Numbers of a row in the column.</summary>
    public int Size { get; }

    /// <summary>Numbers that are made of a row: what the encoder takes, and after keys their gaps.</summary>
    public int Width { get; }

    /// <summary>That of rows of a size; null where rows are taken as they are.</summary>
    public static ManagedInput? Of(ModelDefinition definition, int size, ManagedScaler? scaler)
    {
        ImageFormat? image = definition.ImageOf(size) is { Order: not PixelOrder.Planar } interleaved
            ? interleaved : null;
        (Corruption, Shape)? reduction = size == definition.Network.InputSize
            ? null : (definition.Corruption, definition.RowShape);
        return image is null && reduction is null && scaler is null && !definition.Network.TakesGaps
            ? null : new ManagedInput(definition, size, image, reduction, scaler);
    }

    /// <summary>That of rows in the network's units; null where those are taken as they are.</summary>
    public static ManagedInput? OfScaled(ModelDefinition definition) => definition.Network.TakesGaps
        ? new ManagedInput(definition, definition.Network.InputSize, null, null, null) : null;

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
        if (_classes > 0)
            MarkKeys(slots, whole[Size..], _classes);
        else if (_marksGaps)
            Mark(slots, whole[Size..]);
    }

    /// <summary>What is not a key is missing.</summary>
    private static void MarkKeys(Span<float> keys, Span<float> gaps, int classes)
    {
        for (int step = 0; step < keys.Length; step++)
        {
            bool isThere = keys[step] >= 1 && keys[step] <= classes;
            (keys[step], gaps[step]) = isThere ? (keys[step], 0) : (0, 1);
        }
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
