using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A recurrence over the steps of a sequence, from a state of zeros on: <c>[B, C, T]</c> to the states at all steps,
/// <c>[B, H, T]</c>, or to the last one, <c>[B, H]</c>. In both directions it gives the states of both side by side,
/// <c>2 H</c>; the last one of the second is that at the first step.
/// </summary>
/// <param name="Cell">What it computes at each step.</param>
/// <param name="Units">Numbers of a state, H.</param>
internal sealed record RecurrentLayer(RecurrentCell Cell, int Units) : Layer
{
    /// <summary>Whether a second recurrence goes through the steps from the last to the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BothWays { get; init; }

    /// <summary>Whether it gives the last state instead of all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LastState { get; init; }

    internal override bool JoinsNumbers => true;

    internal override bool IsNonlinear => true;

    internal override int ParameterCount => Directions * Recurrence.Tensors;

    /// <summary>Numbers that it gives at each step.</summary>
    [JsonIgnore]
    public long Width => (long)Directions * Units;

    [JsonIgnore]
    public int Directions => BothWays ? 2 : 1;

    public override void Check(Place place)
    {
        Require.Defined(Cell, place, nameof(Cell));
        Require.Within(Units, 1, Limits.Width, place, nameof(Units));
    }

    public override Shape OutputShape(Shape input)
    {
        if (!input.IsSequence)
            throw new NetworkException(
                $"{this} takes a sequence (channels x steps), and gets {input}: put Sequence(...) before it.");
        RecurrentNumbers.RequireRoom(this, input.Axes[0], NumbersHeld(input));
        return LastState ? Shape.Vector((int)Width) : input.OfChannels((int)Width);
    }

    internal override double NumbersHeld(Shape input) =>
        RecurrentNumbers.Held(Cell, input.Axes[0], Width, input.Dimensions[0]);

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        ParameterSpec[] Of(string suffix) => RecurrentNumbers.OfCell(Cell, input.Dimensions[0], Units, suffix);
        return [.. Of("l0"), .. BothWays ? Of("l0_reverse") : []];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T states = input.Permute(2, 0, 1).Recurrent(Cell, [], weights, mode);         // [T, B, D H]
        if (!LastState)
            return states.Permute(1, 2, 0);
        long last = states.Size(0) - 1;
        T forward = states.Narrow(0, last, 1).Reshape(-1, Width);
        if (!BothWays)
            return forward;
        T backward = states.Narrow(0, 0, 1).Reshape(-1, Width);
        return forward.Narrow(1, 0, Units).Concat(backward.Narrow(1, Units, Units), 1);
    }

    /// <summary>A state is no row: what leads back is a recurrence and a linear map of each state.</summary>
    internal override IReadOnlyList<Layer> Mirrored(Shape input) =>
    [
        LastState ? new UnfoldingLayer(Cell, Units, input.Axes[0]) : this,
        new PerStepLayer([new LinearLayer(input.Dimensions[0])]),
    ];

    public override string ToString() => FormattableString.Invariant(
        $"{Cell}({Units}{(BothWays ? ", both directions" : "")}{(LastState ? ", last state" : "")})");
}
