using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>See <see cref="ActivationFunctions"/>.</summary>
/// <param name="activation">The function.</param>
/// <param name="tap">What reads the result, where that is the output of a hidden layer.</param>
internal sealed class ActivationStep(Activation activation, HiddenTap? tap) : ManagedStep
{
    public override void Run(Span<float> block, int stride) => ActivationFunctions.Apply(activation, block);

    public override void Collect(ReadOnlySpan<float> block, int stride, HiddenRows hidden) =>
        tap?.Read(block, stride, hidden);
}
