using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>y = W x + b: <c>[B, in]</c> to <c>[B, out]</c>.</summary>
internal sealed record LinearLayer(int Outputs) : Layer
{
    public override void Check(Place place) => Require.Within(Outputs, 1, Limits.Numbers, place, nameof(Outputs));

    public override Shape OutputShape(Shape input) => input.IsVector
        ? Shape.Vector(Outputs)
        : throw new NetworkException($"Linear({Outputs}) takes a vector, and gets {input}: put Flatten() before it.");

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        Initialization values = Initialization.FanIn(input.Count);
        return [new("weight", [Outputs, input.Count], values), new("bias", [Outputs], values)];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.Linear(weights[0], weights[1], mode);

    public override Layer Mirror(Shape input) => new LinearLayer((int)input.Count);

    public override string ToString() => $"Linear({Outputs})";
}
