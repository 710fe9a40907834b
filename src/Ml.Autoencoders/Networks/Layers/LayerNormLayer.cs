using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Layer normalization (Ba et al. 2016): each row to mean 0 and variance 1, then scaled and shifted per number.
/// </summary>
internal sealed record LayerNormLayer : Layer
{
    /// <summary>Torch's default.</summary>
    public const float Epsilon = 1e-5f;

    public override Shape OutputShape(Shape input) => input;

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long[] shape = [.. input.Dimensions.Select(size => (long)size)];
        return [new("weight", shape, Initialization.Ones), new("bias", shape, Initialization.Zeros)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.LayerNorm(weights[0], weights[1], Epsilon);

    public override string ToString() => "LayerNorm";
}
