using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>A row as the column has it to what the encoder takes: planar, small where it was trained on pictures that
/// were made small, and scaled. The managed counterpart of
/// <see cref="Models.AutoencoderModel.InNetworkUnits"/>.</summary>
internal sealed class ManagedInput
{
    private readonly ImageFormat? _image;
    private readonly (Corruption Corruption, Shape Shape)? _reduction;
    private readonly ManagedScaler? _scaler;

    private ManagedInput(int size, ImageFormat? image, (Corruption Corruption, Shape Shape)? reduction,
        ManagedScaler? scaler) =>
        (Size, _image, _reduction, _scaler) = (size, image, reduction, scaler);

    /// <summary>Numbers of a row in the column.</summary>
    public int Size { get; }

    /// <summary>That of rows of a size; null where rows are taken as they are.</summary>
    public static ManagedInput? Of(ModelDefinition definition, int size, ManagedScaler? scaler)
    {
        ImageFormat? image = definition.ImageOf(size) is { Order: not PixelOrder.Planar } interleaved
            ? interleaved : null;
        (Corruption, Shape)? reduction = size == definition.Network.InputSize
            ? null : (definition.Corruption, definition.RowShape);
        return image is null && reduction is null && scaler is null
            ? null : new ManagedInput(size, image, reduction, scaler);
    }

    public void Read(ReadOnlySpan<float> row, Span<float> slots)
    {
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
    }

    private void Order(ReadOnlySpan<float> row, Span<float> planar)
    {
        if (_image is null)
            row.CopyTo(planar);
        else
            Rearrangement.Move(row, _image.Layout, planar, _image.PlanarLayout);
    }
}
