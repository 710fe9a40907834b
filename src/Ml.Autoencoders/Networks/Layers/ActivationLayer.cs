using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>A non-linear function of every number; the shape stays.</summary>
internal sealed record ActivationLayer(Activation Function) : Layer
{
    internal override bool IsNonlinear => true;

    internal override bool IgnoresShape => true;

    public override void Check(Place place) =>
        Require.Defined(Function, place, place.IsEntry ? nameof(Function) : nameof(Activation));

    public override Shape OutputShape(Shape input) => input;

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        ActivationFunctions.Of(Function, input, mode);

    internal override Layer? WithoutFinal(Activation activation) => Function == activation ? null : this;

    public override string ToString() => Function.ToString();
}
