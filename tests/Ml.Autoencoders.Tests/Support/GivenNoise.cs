using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Tests;

/// <summary>Noise that a test chose, one draw for each row.</summary>
internal sealed class GivenNoise(float[] numbers) : INoise
{
    public void Fill(int row, int draw, Span<float> code) =>
        numbers.AsSpan(row * code.Length, code.Length).CopyTo(code);
}
