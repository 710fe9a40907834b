using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>The same numbers in another shape: <c>[B, D]</c> to <c>[B, C, H, W]</c>, or back. A vector holds an image
/// channel by channel, and a sequence step by step.</summary>
/// <param name="To">The shape of a row after the layer; null for a vector of whatever comes (flatten).</param>
internal sealed record ReshapeLayer(Shape? To) : Layer
{
    internal override bool Reshapes => true;

    internal override bool IgnoresShape => true;

    internal override Shape? Opens => To is { IsVector: false } ? To : null;

    public override void Check(Place place) => To?.Check(place, nameof(To));

    public override Shape OutputShape(Shape input)
    {
        Shape output = To ?? Shape.Vector((int)input.Count);
        return input.Count == output.Count
            ? output
            : throw new NetworkException(
                $"{this} takes {output.Count} numbers per row, and gets {input.Count} ({input}).");
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        if (input.Rank == 3)
            input = input.Permute(0, 2, 1);
        return To is null ? input.Flatten()
            : To.IsSequence ? input.Reshape(-1, To.Dimensions[1], To.Dimensions[0]).Permute(0, 2, 1)
            : input.Reshape(To.WithBatch());
    }

    internal override Layer WithLabels(int labels) =>
        Opens is { } shape ? new ConditionedReshapeLayer(shape, labels) : this;

    public override Layer Mirror(Shape input) => new ReshapeLayer(input.IsVector ? null : input);

    public override string ToString() => To is null ? "Flatten" : $"Reshape({To})";
}
