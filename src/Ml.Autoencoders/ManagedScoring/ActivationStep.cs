using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>See <see cref="ActivationFunctions"/>.</summary>
internal sealed class ActivationStep(Activation activation) : ManagedStep
{
    public override void Run(Span<float> block, int stride) => ActivationFunctions.Apply(activation, block);
}
