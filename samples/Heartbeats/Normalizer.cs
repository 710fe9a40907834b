using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Heartbeats;

/// <summary>From normalized numbers to those of the series.</summary>
internal sealed class Normalizer
{
    private readonly ImmutableArray<float> _scales;
    private readonly ImmutableArray<float> _offsets;

    private Normalizer(NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> numbers)
    {
        _scales = numbers.Scale;
        // Empty where no column has one.
        _offsets = numbers.Offset;
    }

    /// <summary>That of the first stage of a model.</summary>
    public static Normalizer Of(IEnumerable<ITransformer> model) => new(
        (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)
        ((NormalizingTransformer)model.First()).GetNormalizerModelParameters(0));

    /// <summary>The number that was normalized.</summary>
    public float Undo(float normalized, int column)
    {
        float scale = _scales[column];
        float offset = _offsets.IsDefaultOrEmpty ? 0 : _offsets[column];
        // A column that never changes has no scale.
        return scale == 0 ? offset : normalized / scale + offset;
    }
}
