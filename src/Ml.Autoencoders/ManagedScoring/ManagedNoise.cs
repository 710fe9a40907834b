using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The noise that <see cref="ManagedModel"/> draws codes with.</summary>
/// <param name="Own">Of each row: for a sample, what is computed from it, and a log-likelihood.</param>
/// <param name="Samples">Draws of each row for a log-likelihood.</param>
/// <param name="Common">Of a detector whose score is an expectation over codes.</param>
internal readonly record struct ManagedNoise(INoise? Own, int Samples = 1, CommonNoise? Common = null);
