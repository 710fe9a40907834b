using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Batch normalization (Ioffe and Szegedy 2015): each feature of a vector, or each channel of a sequence or an image,
/// to mean 0 and variance 1 over the batch, then scaled and shifted. Prediction uses running statistics.
/// </summary>
internal sealed record BatchNormLayer : Layer
{
    private const double Momentum = 0.1;
    public const double Epsilon = 1e-5;

    internal override bool NeedsBatch => true;

    internal override int ParameterCount => 4;

    public override Shape OutputShape(Shape input) => input;

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long[] features = [input.Dimensions[0]];
        return
        [
            new("weight", features, Initialization.Ones),
            new("bias", features, Initialization.Zeros),
            new("running_mean", features, Initialization.Zeros, IsTrained: false),
            new("running_var", features, Initialization.Ones, IsTrained: false),
        ];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.BatchNorm(weights[0], weights[1], weights[2], weights[3], Momentum, Epsilon, mode);

    public override string ToString() => "BatchNorm";
}
