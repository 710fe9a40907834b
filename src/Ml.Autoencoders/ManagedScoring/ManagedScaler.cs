using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;

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
        public T Of<T>(T x, T offset, T scale) where T : IElementwise<T> => x.MinusOver(offset, scale);
    }
}
