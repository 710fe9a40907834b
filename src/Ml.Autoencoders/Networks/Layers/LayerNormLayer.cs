using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Layer normalization (Ba et al. 2016): each row to mean 0 and variance 1, then scaled and shifted per number; or each
/// last axis of it by itself.
/// </summary>
internal sealed record LayerNormLayer : Layer
{
    /// <summary>Whether it acts on the last axis of a row instead of on all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LastAxis { get; init; }

    /// <summary>Torch's default.</summary>
    public const float Epsilon = 1e-5f;

    internal override int ParameterCount => 2;

    public override Shape OutputShape(Shape input) => input;

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        int first = LastAxis ? input.Dimensions.Length - 1 : 0;
        long[] shape = [.. input.Dimensions[first..].Select(size => (long)size)];
        return [new("weight", shape, Initialization.Ones), new("bias", shape, Initialization.Zeros)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.LayerNorm(weights[0], weights[1], Epsilon);

    public override string ToString() => LastAxis ? "LayerNorm(last axis)" : "LayerNorm";
}
