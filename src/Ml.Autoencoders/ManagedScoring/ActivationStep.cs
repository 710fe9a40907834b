using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>See <see cref="ActivationFunction"/>.</summary>
internal sealed class ActivationStep(Activation activation) : ManagedStep
{
    public override void Run(Span<float> block, int stride) => 
        Elementwise.Apply(block, new ActivationFunction(activation, ForwardMode.Prediction));
}
