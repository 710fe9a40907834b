using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>A batch on its way through the network.</summary>
/// <param name="Target">What has to be reconstructed, <c>[B, D]</c>.</param>
/// <param name="Code"><c>[B, Z]</c>.</param>
/// <param name="Output">What <see cref="Objective.OutputOf"/> took from the decoder, <c>[B, D]</c>.</param>
internal sealed record TrainingPass(Tensor Target, Tensor Code, Tensor Output);
