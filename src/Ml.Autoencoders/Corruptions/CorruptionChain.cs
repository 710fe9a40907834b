using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Then"/>.</summary>
internal sealed record CorruptionChain(IReadOnlyList<Corruption> Steps) : Corruption
{
    [JsonIgnore]
    internal override IReadOnlyList<Corruption> Links => Steps;

    [JsonIgnore]
    internal override bool NeedsImage => Steps.Any(step => step.NeedsImage);

    [JsonIgnore]
    internal override bool Reduces => Steps.Any(step => step.Reduces);

    internal override Shape Leaves(Shape shape) => Steps.Aggregate(shape, (left, step) => step.Leaves(left));

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) =>
        Follow(rows, shape, (step, left, leftShape) => step.Apply(left, leftShape, random));

    internal override Tensor Reduce(Tensor rows, Shape shape) =>
        Follow(rows, shape, (step, left, leftShape) => step.Reduce(left, leftShape));

    private Tensor Follow(Tensor rows, Shape shape, Func<Corruption, Tensor, Shape, Tensor> take)
    {
        foreach (Corruption step in Steps)
        {
            rows = take(step, rows, shape);
            shape = step.Leaves(shape);
        }
        return rows;
    }
}
