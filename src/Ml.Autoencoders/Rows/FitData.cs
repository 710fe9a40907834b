using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Rows;

/// <summary>What a fit reads from its data views.</summary>
/// <param name="Training">The rows to learn from and those to measure on, in the network's units.</param>
/// <param name="Units">The conversion to those units.</param>
/// <param name="Condition">The condition with its rows counted, where there is one.</param>
/// <param name="Range">The range of the pictures that are reconstructed; null where there are no pictures.</param>
/// <param name="InputRange">The range of the numbers of the input column.</param>
/// <param name="Digest">The digest of the rows; blank where no checkpoint needs it.</param>
/// <param name="Owned">Is disposed with this.</param>
internal sealed record FitData(TrainingData Training, RowUnits Units, Condition? Condition, ValueRange? Range,
    ValueRange InputRange, string Digest, Owned Owned) : IDisposable
{
    public void Dispose() => Owned.Dispose();
}
