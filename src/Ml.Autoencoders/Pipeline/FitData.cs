using Ml.Autoencoders.Models;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Pipeline;

/// <summary>What was read for a fit.</summary>
/// <param name="Training">The rows to learn from and those to measure on, in the network's units.</param>
/// <param name="Scaler">What the input scaling learned, where there is one.</param>
/// <param name="TargetScaler">What it learned of the rows to reconstruct, where these are others.</param>
/// <param name="Condition">The condition with its rows counted, where there is one.</param>
/// <param name="Range">What the pictures that are reconstructed lie between; null where no pictures are.</param>
internal sealed record FitData(TrainingData Training, InputScaler? Scaler, InputScaler? TargetScaler, Condition? Condition, ValueRange? Range)
    : IDisposable
{
    public void Dispose()
    {
        Scaler?.Dispose();
        TargetScaler?.Dispose();
    }
}
