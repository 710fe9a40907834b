using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>A row plus what layers make of it (He et al. 2016, "Deep Residual Learning for Image Recognition"): x to
/// x + f(x), both of one shape.</summary>
internal sealed record ResidualLayer(IReadOnlyList<Layer> Layers) : CompositeLayer(Layers)
{
    internal override bool TakesLabels => false;

    public override Shape OutputShape(Shape input)
    {
        Shape output = Inner(input).OutputShape;
        return output.Equals(input)
            ? input
            : throw new NetworkException(
                $"{this} adds what it takes to what its layers give, and these turn {input} into {output}; both must " +
                "be the same.");
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input + ApplyLayers(input, weights, mode);

    private protected override string Kind => "Residual";

    private protected override LayerStack Inner(Shape input) => new(input, Layers);
}
