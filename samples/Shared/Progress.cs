using Ml.Autoencoders;

namespace Samples;

/// <summary>Where a stage of the run tells how far it is.</summary>
/// <param name="Phase">What is done now.</param>
/// <param name="Epoch">An epoch of training that is done.</param>
internal sealed record Progress(Action<string> Phase, Action<TrainingEpoch> Epoch);
