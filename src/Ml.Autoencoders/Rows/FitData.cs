using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Rows;

/// <summary>What a fit reads from its data views.</summary>
/// <param name="Training">The rows to learn from and those to measure on, in the network's units.</param>
/// <param name="Units">The conversion to those units.</param>
/// <param name="Chosen">What is done with them: nothing in it is open, the rows of a condition are counted, and the
/// range of pictures is known.</param>
/// <param name="InputRange">The range of the numbers of the input column.</param>
/// <param name="Digest">The digest of the rows; blank where no checkpoint needs it.</param>
/// <param name="Division">What the log says about the rows that are held out; null where nothing has to be
/// said.</param>
/// <param name="Owned">Is disposed with this.</param>
internal sealed record FitData(TrainingData Training, RowUnits Units, ChosenFit Chosen,
    ValueRange InputRange, string Digest, string? Division, Owned Owned) : IDisposable
{
    public void Dispose() => Owned.Dispose();
}
