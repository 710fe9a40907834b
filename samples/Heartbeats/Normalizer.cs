using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Heartbeats;

/// <summary>From normalized numbers to those of the series.</summary>
internal sealed class Normalizer
{
    private readonly ImmutableArray<float> _scales;
    private readonly ImmutableArray<float> _offsets;
    private readonly float[] _row;

    private Normalizer(NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> numbers,
        float[] row)
    {
        _row = row;
        _scales = numbers.Scale;
        // Empty where no column has one.
        _offsets = numbers.Offset;
    }

    /// <summary>That of the first stage of a model.</summary>
    /// <param name="model">Its stages.</param>
    /// <param name="row">Any row that it was fitted on, before it is normalized.</param>
    public static Normalizer Of(IEnumerable<ITransformer> model, float[] row) => new(
        (NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>)
        ((NormalizingTransformer)model.First()).GetNormalizerModelParameters(0), row);

    /// <summary>The number that was normalized.</summary>
    public float Undo(float normalized, int column)
    {
        float scale = _scales[column];
        // A column that never changes has neither scale nor offset: it is in all rows what it is in one.
        if (scale == 0)
            return _row[column];
        return normalized / scale + (_offsets.IsDefaultOrEmpty ? 0 : _offsets[column]);
    }
}
