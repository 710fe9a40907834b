using static TorchSharp.torch;

namespace Ml.Autoencoders.Models;

/// <summary>What a model says of a batch: codes <c>[B, Z]</c> and, where asked for, reconstructions <c>[B, D]</c> and errors <c>[B]</c>.</summary>
internal readonly record struct Scores(Tensor Code, Tensor? Reconstruction, Tensor? Error);
