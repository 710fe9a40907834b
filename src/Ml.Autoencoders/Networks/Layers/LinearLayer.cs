using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>y = W x + b: <c>[B, in]</c> to <c>[B, out]</c>; or of the last axis of any row, <c>[B, ..., in]</c> to
/// <c>[B, ..., out]</c>.</summary>
internal sealed record LinearLayer(int Outputs) : Layer
{
    /// <summary>Whether it takes any row, and acts on its last axis.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LastAxis { get; init; }

    internal override bool JoinsNumbers => true;

    /// <summary>Channels pass through by themselves.</summary>
    internal override bool TakesLabels => !LastAxis;

    internal override int ParameterCount => 2;

    public override void Check(Place place) => Require.Within(Outputs, 1, Limits.Numbers, place, nameof(Outputs));

    public override Shape OutputShape(Shape input) => input.IsVector || LastAxis
        ? new Shape([.. input.Dimensions[..^1], Outputs])
        : throw new NetworkException($"Linear({Outputs}) takes a vector, and gets {input}: put Flatten() before it.");

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long inputs = input.Dimensions[^1];
        Initialization values = Initialization.FanIn(inputs);
        return [new("weight", [Outputs, inputs], values), new("bias", [Outputs], values)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        if (input.Rank == 2)
            return input.Linear(weights[0], weights[1], mode);
        long[] outer = [.. Enumerable.Range(1, input.Rank - 2).Select(input.Size)];
        return input.Reshape(-1, input.Size(-1)).Linear(weights[0], weights[1], mode).Reshape([-1, .. outer, Outputs]);
    }

    internal override Layer? WithOutputs(int outputs) => LastAxis ? null : new LinearLayer(outputs);

    public override Layer Mirror(Shape input) => this with { Outputs = input.Dimensions[^1] };

    public override string ToString() => LastAxis ? $"Linear({Outputs}, last axis)" : $"Linear({Outputs})";
}
