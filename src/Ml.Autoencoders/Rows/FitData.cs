using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Rows;

/// <summary>What a fit reads of its data views.</summary>
/// <param name="Training">The rows to learn from and those to measure on, in the network's units.</param>
/// <param name="Units">What brought them there.</param>
/// <param name="Condition">The condition with its rows counted, where there is one.</param>
/// <param name="Range">What the pictures that are reconstructed lie between; null where no pictures are.</param>
/// <param name="InputRange">What the numbers of the input column lie between.</param>
/// <param name="Digest">Which rows they are; blank where no checkpoint asks.</param>
/// <param name="Owned">Is disposed with this.</param>
internal sealed record FitData(TrainingData Training, RowUnits Units, Condition? Condition, ValueRange? Range,
    ValueRange InputRange, string Digest, Owned Owned) : IDisposable
{
    public void Dispose() => Owned.Dispose();
}
