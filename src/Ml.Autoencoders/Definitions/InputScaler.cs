using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Definitions;

/// <summary>The affine map that an <see cref="InputScaling"/> learned: (x - offset) / scale, slot by slot.</summary>
internal sealed class InputScaler : IDisposable
{
    /// <summary>The prefix of the names of the input's tensors.</summary>
    public const string InputName = "input";

    /// <summary>The prefix of the names of the target's tensors, where that is another column.</summary>
    public const string TargetName = "target";

    /// <summary>Takes over both tensors, <c>[D]</c>.</summary>
    public InputScaler(Tensor offset, Tensor scale)
    {
        Offset = offset.DetachFromDisposeScope();
        Scale = scale.DetachFromDisposeScope();
    }

    public Tensor Offset { get; }

    public Tensor Scale { get; }

    public static string OffsetName(string prefix) => $"{prefix}.offset";

    public static string ScaleName(string prefix) => $"{prefix}.scale";

    /// <summary>
    /// Learns from the statistics of the training rows; null where there is nothing to scale.
    /// </summary>
    /// <param name="scaling">What is learned.</param>
    /// <param name="slots">The statistics.</param>
    /// <param name="columns">Which slots are categories, and left as they are; null where none is.</param>
    public static InputScaler? Learn(InputScaling scaling, SlotStatistics slots, SlotColumns? columns = null)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        switch (scaling)
        {
            case InputScaling.MinMax:
                return Of(slots.Least.clone(), slots.Greatest - slots.Least, columns);
            case InputScaling.Standardize:
                Tensor deviation = slots.Deviation();
                // Rounding can leave a constant slot a deviation of some 1e-16 of its size. That is not variation; what
                // float32 rows can vary by, 1e-8 of their size, is.
                deviation = deviation.where(deviation > slots.Mean.abs().Times(1e-12), zeros_like(deviation));
                return Of(slots.Mean.to(ScalarType.Float32), deviation.to(ScalarType.Float32), columns);
            default:
                return null;
        }
    }

    /// <summary><c>[B, D]</c> in the column's units to the network's.</summary>
    public Tensor Apply(Tensor rows) => new TorchArray(rows).MinusOver(Offset, Scale);

    /// <summary>As <see cref="Apply"/>, in place of a table that nothing else reads.</summary>
    public void ApplyInPlace(Tensor rows)
    {
        using IDisposable noGrad = no_grad();
        rows.sub_(Offset).div_(Scale);
    }

    /// <summary>One of its tensors, by its name in the model file; null where it is of none.</summary>
    public Tensor? Find(string prefix, string name) =>
        name == OffsetName(prefix) ? Offset : name == ScaleName(prefix) ? Scale : null;

    public InputScaler To(Device device) => new(Offset.to(device, copy: true), Scale.to(device, copy: true));

    public void Dispose()
    {
        Offset.Dispose();
        Scale.Dispose();
    }

    private static InputScaler Of(Tensor offset, Tensor scale, SlotColumns? columns)
    {
        scale = NoZeros(scale);
        if (columns is null)
            return new InputScaler(offset, scale);
        Tensor isCategory = tensor(columns.AreCategories, device: CPU).to(offset.device).IsNot(0);
        return new InputScaler(offset.Masked(isCategory, 0), scale.Masked(isCategory, 1));
    }

    private static Tensor NoZeros(Tensor scale) => scale.where(scale.IsNot(0), ones_like(scale));
}
