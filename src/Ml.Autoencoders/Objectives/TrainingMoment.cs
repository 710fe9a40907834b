namespace Ml.Autoencoders.Objectives;

/// <summary>How far a fit has come.</summary>
/// <param name="Epoch">Epochs done, with the fraction of the one under way.</param>
/// <param name="Epochs">Epochs in all.</param>
internal readonly record struct TrainingMoment(double Epoch, int Epochs);
