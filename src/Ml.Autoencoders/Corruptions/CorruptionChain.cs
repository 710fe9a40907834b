using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Then"/>.</summary>
internal sealed class CorruptionChain(IReadOnlyList<Corruption> steps) : Corruption
{
    public IReadOnlyList<Corruption> Steps { get; } = steps;

    private protected override IReadOnlyList<object?> Values => Steps;

    [JsonIgnore]
    internal override IReadOnlyList<Corruption> Links => Steps;

    [JsonIgnore]
    internal override bool NeedsImage => Steps.Any(step => step.NeedsImage);

    [JsonIgnore]
    internal override bool Reduces => Steps.Any(step => step.Reduces);

    [JsonIgnore]
    internal override int MinRows => Steps.Max(step => step.MinRows);

    [JsonIgnore]
    internal override bool TakesGroups => Steps.Any(step => step.TakesGroups);

    public override string ToString() => string.Join(", then ", Steps);

    internal override void Check(Place place)
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            Place step = place.Part(nameof(Steps)).At(i);
            // A JSON list can hold null, whatever its type says.
            (Steps[i] ?? throw step.Fault("the list holds null where a corruption must be.")).Check(step);
        }
    }

    internal override Corruption For(IReadOnlyList<SlotGroup> groups) =>
        TakesGroups ? new CorruptionChain([.. Steps.Select(step => step.For(groups))]) : this;

    internal override Shape Leaves(Shape shape) => Steps.Aggregate(shape, (left, step) => step.Leaves(left));

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) =>
        Follow(rows, shape, (step, left, leftShape) => step.Apply(left, leftShape, random));

    internal override Tensor Reduce(Tensor rows, Shape shape) =>
        Follow(rows, shape, (step, left, leftShape) => step.Reduce(left, leftShape));

    internal override float[] Reduce(float[] row, Shape shape) =>
        Follow(row, shape, (step, left, leftShape) => step.Reduce(left, leftShape));

    private T Follow<T>(T rows, Shape shape, Func<Corruption, T, Shape, T> take)
    {
        foreach (Corruption step in Steps)
        {
            rows = take(step, rows, shape);
            shape = step.Leaves(shape);
        }
        return rows;
    }
}
