using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Scoring;

/// <summary>What is added to the log-odds of keys so that the likeliest are draws: the same for the same seed and
/// row.</summary>
/// <param name="seed">The seed.</param>
/// <param name="temperature">What log-odds are divided by, above 0: with 1 keys are drawn from p(x|z), with less the
/// likely ones more often.</param>
internal sealed class KeyNoise(int seed, float temperature)
{
    /// <param name="numbers">Room for the noise of a row.</param>
    /// <param name="id">The row.</param>
    public void Fill(Span<float> numbers, DataViewRowId id)
    {
        ulong state = RowSeed.Of(seed, id, RandomUse.Keys);
        GumbelNumbers.Fill(numbers, temperature, ref state);
    }
}
