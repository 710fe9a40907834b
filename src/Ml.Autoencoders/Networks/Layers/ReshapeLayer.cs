using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>The same numbers in another shape: <c>[B, D]</c> to <c>[B, C, H, W]</c>, or back.</summary>
/// <param name="To">The shape of a row after the layer; null for a vector of whatever comes (flatten).</param>
internal sealed record ReshapeLayer(Shape? To) : Layer
{
    public override void Check(Place place) => To?.Check(place, nameof(To));

    public override Shape OutputShape(Shape input)
    {
        Shape output = To ?? Shape.Vector((int)input.Count);
        return input.Count == output.Count
            ? output
            : throw new NetworkException(
                $"{this} takes {output.Count} numbers per row, and gets {input.Count} ({input}).");
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        To is null ? input.Flatten() : input.Reshape(To.WithBatch());

    public override Layer Mirror(Shape input) => new ReshapeLayer(input.IsVector ? null : input);

    public override string ToString() => To is null ? "Flatten" : $"Reshape({To})";
}
