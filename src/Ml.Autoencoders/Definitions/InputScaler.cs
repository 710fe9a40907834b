using Ml.Autoencoders.Arrays;
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
    public static InputScaler? Learn(InputScaling scaling, SlotStatistics slots)
    {
        using IDisposable noGrad = no_grad();
        using var scope = NewDisposeScope();
        switch (scaling)
        {
            case InputScaling.MinMax:
                return new InputScaler(slots.Least.clone(), NoZeros(slots.Greatest - slots.Least));
            case InputScaling.Standardize:
                Tensor deviation = slots.Deviation();
                // Rounding can leave a constant slot a deviation of some 1e-16 of its size. That is not variation; what
                // float32 rows can vary by, 1e-8 of their size, is.
                deviation = deviation.where(deviation > slots.Mean.abs().Times(1e-12), zeros_like(deviation));
                return new InputScaler(slots.Mean.to(ScalarType.Float32), NoZeros(deviation.to(ScalarType.Float32)));
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

    private static Tensor NoZeros(Tensor scale) => scale.where(scale.IsNot(0), ones_like(scale));
}
