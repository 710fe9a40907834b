using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A recurrence that a vector drives: the states begin as tanh of a linear map of it, and it is what each step is
/// given, again and again. <c>[B, n]</c> to the states at all steps, <c>[B, H, T]</c> (Srivastava et al. 2015,
/// "Unsupervised Learning of Video Representations using LSTMs"; states that begin with what was encoded: Sutskever et
/// al. 2014, "Sequence to Sequence Learning with Neural Networks").
/// </summary>
/// <param name="Cell">What it computes at each step.</param>
/// <param name="Units">Numbers of a state, H.</param>
/// <param name="Steps">T.</param>
internal sealed record UnfoldingLayer(RecurrentCell Cell, int Units, int Steps) : Layer
{
    internal override bool JoinsNumbers => true;

    internal override bool IsNonlinear => true;

    internal override int ParameterCount => Recurrence.Tensors + 2;

    public override void Check(Place place)
    {
        Require.Defined(Cell, place, nameof(Cell));
        Require.Within(Units, 1, Limits.Width, place, nameof(Units));
        Require.Within(Steps, 1, Limits.Numbers, place, nameof(Steps));
    }

    public override Shape OutputShape(Shape input)
    {
        if (!input.IsVector)
            throw new NetworkException($"{this} takes a vector, and gets {input}: put Flatten() before it.");
        RecurrentNumbers.RequireRoom(this, Steps, NumbersHeld(input));
        return Shape.Sequence(Units, Steps);
    }

    internal override double NumbersHeld(Shape input) => RecurrentNumbers.Held(Cell, Steps, Units, input.Count);

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        long inputs = input.Count, states = (long)RecurrentGates.States(Cell) * Units;
        Initialization values = Initialization.FanIn(inputs);
        return
        [
            .. RecurrentNumbers.OfCell(Cell, inputs, Units, "l0"),
            new("initial_weight", [states, inputs], values),
            new("initial_bias", [states], values),
        ];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T first = default(RecurrentGates.First).Of(input.Linear(weights[^2], weights[^1], mode));    // [B, S H]
        T[] states = [.. Enumerable.Range(0, RecurrentGates.States(Cell))
            .Select(state => first.Narrow(1, state * (long)Units, Units).Reshape(1, -1, Units))];
        T inputs = input.Reshape(1, -1, input.Size(1)).Expand(Steps, -1, -1);                       // [T, B, n]
        return inputs.Recurrent(Cell, states, [.. weights.Take(Recurrence.Tensors)], mode).Permute(1, 2, 0);
    }

    internal override IReadOnlyList<Layer> Mirrored(Shape input) =>
        [new RecurrentLayer(Cell, Units) { LastState = true }, new LinearLayer((int)input.Count)];

    public override string ToString() => FormattableString.Invariant($"Unfold({Steps} steps, {Cell}({Units}))");
}
