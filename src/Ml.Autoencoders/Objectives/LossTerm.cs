using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>One summand of a loss: <paramref name="Weight"/> times <paramref name="Value"/>, a scalar tensor, the mean over the rows of a batch.</summary>
internal readonly record struct LossTerm(string Name, Tensor Value, double Weight = 1);
