using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Writes outputs of hidden activations, by themselves or after their row: the managed counterpart of
/// <see cref="Models.Prediction{T}.Hidden"/> and <see cref="Models.Prediction{T}.RowAndHidden"/>.</summary>
/// <param name="definition">The model.</param>
/// <param name="size">Activations of a row, H.</param>
internal sealed class HiddenTargets(ModelDefinition definition, int size)
{
    private readonly int _inputs = definition.Network.InputSize;

    /// <summary>That of rows whose column has them in another order.</summary>
    private readonly ImageFormat? _image =
        definition.ImageOf(definition.Network.InputSize) is { Order: not PixelOrder.Planar } image ? image : null;

    /// <summary>Where the encoder writes them: into the first output that requests them.</summary>
    public HiddenRows RoomIn(ReadOnlySpan<ManagedTarget> targets, int start)
    {
        foreach (ManagedTarget target in targets)
        {
            if (Has(target.Output))
                return RoomIn(target, start);
        }
        return default;
    }

    /// <summary>Completes the outputs that request them, once the encoder has written them.</summary>
    /// <param name="rows">The rows, in the network's units.</param>
    /// <param name="count">How many.</param>
    /// <param name="targets">The outputs.</param>
    /// <param name="start">The place of the first row in these.</param>
    /// <param name="written">Where the encoder has written them.</param>
    public void Complete(BlockRows rows, int count, ReadOnlySpan<ManagedTarget> targets, int start, HiddenRows written)
    {
        for (int row = 0; row < count; row++)
        {
            if (MissingValues.AreIn(rows.Row(row, _inputs)))
                written.Row(row).Fill(float.NaN);
        }
        bool areThere = true;
        foreach (ManagedTarget target in targets)
        {
            if (!Has(target.Output))
                continue;
            if (!areThere)
                Copy(written, RoomIn(target, start), count);
            if (target.Output == ManagedOutput.RowAndHidden)
                WriteRows(rows, count, target.Values.AsSpan(start * (_inputs + size)));
            areThere = false;
        }
    }

    public static bool Has(ManagedOutput output) => output is ManagedOutput.Hidden or ManagedOutput.RowAndHidden;

    private static void Copy(HiddenRows from, HiddenRows to, int count)
    {
        for (int row = 0; row < count; row++)
            from.Row(row).CopyTo(to.Row(row));
    }

    private void WriteRows(BlockRows rows, int count, Span<float> values)
    {
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> slots = rows.Row(row, _inputs);
            Span<float> written = values.Slice(row * (_inputs + size), _inputs);
            if (MissingValues.AreIn(slots))
                written.Fill(float.NaN);
            else if (_image is null)
                slots.CopyTo(written);
            else
                Rearrangement.Move(slots, _image.PlanarLayout, written, _image.Layout);
        }
    }

    private HiddenRows RoomIn(ManagedTarget target, int start)
    {
        int before = target.Output == ManagedOutput.RowAndHidden ? _inputs : 0;
        return new HiddenRows(target.Values.AsSpan(start * (before + size)), before + size, before, size);
    }
}
