namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Only lets the output of a hidden layer be read, which an operation has computed whole.</summary>
/// <param name="tap">What reads it.</param>
internal sealed class TapStep(HiddenTap tap) : ManagedStep
{
    public override void Run(Span<float> block, int stride)
    {
    }

    public override void Collect(ReadOnlySpan<float> block, int stride, HiddenRows hidden) =>
        tap.Read(block, stride, hidden);
}
