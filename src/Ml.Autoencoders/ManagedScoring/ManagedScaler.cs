using System.Runtime.Intrinsics;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The managed counterpart of <see cref="InputScaler"/>, for one row.</summary>
internal sealed class ManagedScaler(float[] offset, float[] scale)
{
    /// <summary>That of a prefix; null where there is none.</summary>
    public static ManagedScaler? Of(ModelNumbers numbers, string prefix) =>
        numbers.Find(InputScaler.OffsetName(prefix)) is { } offset
            ? new ManagedScaler(offset, numbers[InputScaler.ScaleName(prefix)]) : null;

    /// <summary>A row in the column's units to the network's, in place.</summary>
    public void Apply(Span<float> row) => Elementwise.Apply(row, offset, scale, default(Scaling));

    /// <summary>A row in the network's units back to the column's, in place.</summary>
    public void Undo(Span<float> row) => AffineStep.Apply(row, scale, offset);

    private readonly struct Scaling : ITernaryFunction
    {
        public Vector256<float> Of(Vector256<float> x, Vector256<float> offset, Vector256<float> scale) =>
            (x - offset) / scale;
    }
}
