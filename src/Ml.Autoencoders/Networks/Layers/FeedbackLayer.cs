using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Recurrences, one upon the other, that are given what they gave at the step before, beside the vector that drives
/// them: <c>[B, n]</c> to <c>[B, C, T]</c> (Sutskever et al. 2014, "Sequence to Sequence Learning with Neural
/// Networks"; the conditional decoder of Srivastava et al. 2015). All states begin as tanh of a linear map of the
/// vector, and what comes before the first step is 0. In training they are given the rows that they are to give instead
/// (teacher forcing, Williams and Zipser 1989), of which some steps are replaced by 0.
/// </summary>
/// <remarks>Where the numbers of a step are log-odds of classes, what is fed back is the likeliest class, or in
/// training the one of the row, as a vector in which its number is 1; that of a class that is not known is 0. Where
/// classes are drawn, it is the one that was drawn.</remarks>
/// <param name="Cell">What each computes at each step.</param>
/// <param name="Units">Numbers in a state of each, from the first to the last.</param>
/// <param name="Steps">T.</param>
/// <param name="Channels">Numbers of a step, C.</param>
/// <param name="DroppedInputs">The probability that in training a step before is replaced by 0.</param>
internal sealed record FeedbackLayer(RecurrentCell Cell, IReadOnlyList<int> Units, int Steps, int Channels,
    float DroppedInputs) : Layer
{
    /// <summary>The most steps: each is a part of an ONNX graph of its own.</summary>
    private const int MaxSteps = 10_000;

    public IReadOnlyList<int> Units { get; init; } = EqualList<int>.Of(Units);

    /// <summary>The activation after the layer, which is applied to what is fed back, too: it is as the rows
    /// are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Activation? Final { get; init; }

    /// <summary>Whether the numbers of a step are log-odds of classes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GivesLogOdds { get; init; }

    /// <summary>The probability, at the end of a fit, that a step is given in training what the layer gave at the step
    /// before instead of what it should have given; it grows from 0 in a straight line (scheduled sampling, Bengio et
    /// al. 2015). What it gave is computed for all steps at once, each from what it should have given before (Duckworth
    /// et al. 2019, "Parallel Scheduled Sampling"), and no gradient passes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float ScheduledSampling { get; init; }

    internal override bool JoinsNumbers => true;

    internal override bool IsNonlinear => true;

    internal override bool FeedsBack => true;

    internal override int ParameterCount => Recurrence.Tensors * Units.Count + 4;

    /// <summary>Numbers of all states.</summary>
    [JsonIgnore]
    public long States => RecurrentGates.States(Cell) * Units.Sum(units => (long)units);

    public override void Check(Place place)
    {
        Require.Defined(Cell, place, nameof(Cell));
        if (Units.Count is 0 or > Limits.Nesting)
            throw place.Error(nameof(Units), FormattableString.Invariant(
                $"is a list of {Units.Count}; it must name the units of at least one layer, and of at most ") +
                FormattableString.Invariant($"{Limits.Nesting}."));
        Require.Sizes(Units, Limits.Width, place, nameof(Units));
        Require.Within(Steps, 1, MaxSteps, place, nameof(Steps));
        Require.Within(Channels, 1, Limits.Numbers, place, nameof(Channels));
        Require.Within(DroppedInputs, 0, 1, place, nameof(DroppedInputs));
        Require.Within(ScheduledSampling, 0, 1, place, nameof(ScheduledSampling));
        if (Final is { } final)
            Require.Defined(final, place, nameof(Final));
    }

    public override Shape OutputShape(Shape input)
    {
        if (!input.IsVector)
            throw new NetworkException($"{this} takes a vector, and gets {input}.");
        RecurrentNumbers.RequireRoom(this, Steps, NumbersHeld(input));
        return Shape.Sequence(Channels, Steps);
    }

    internal override double NumbersHeld(Shape input) =>
        RecurrentNumbers.Held(Cell, Steps, Units.Max(), input.Count + Channels);

    public override IReadOnlyList<ParameterSpec> Parameters(Shape input)
    {
        (Initialization initial, Initialization output) =
            (Initialization.FanIn(input.Count), Initialization.FanIn(Units[^1]));
        return
        [
            .. Units.SelectMany((units, i) => RecurrentNumbers.OfCell(Cell,
                i == 0 ? input.Count + Channels : Units[i - 1], units, FormattableString.Invariant($"l{i}"))),
            new("initial_weight", [States, input.Count], initial),
            new("initial_bias", [States], initial),
            new("output_weight", [Channels, Units[^1]], output),
            new("output_bias", [Channels], output),
        ];
    }

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T all = default(RecurrentGates.First).Of(input.Linear(weights[^4], weights[^3], mode));
        T[][] states = [.. Units.Select((_, i) => StatesOf(all, i))];
        return mode.TargetIn<T>() is { } target
            ? Told(input, ShiftedRows(target), states, weights, mode)
            : Fed(input, states, weights, mode);
    }

    internal override Layer Before(Activation activation) => this with { Final = activation };

    internal override Layer OfClasses() => this with { GivesLogOdds = true };

    public override string ToString() => FormattableString.Invariant(
        $"Feedback({Steps} x {Channels}, {Cell}({string.Join(", ", Units)})") +
        (GivesLogOdds ? ", classes" : "") +
        (DroppedInputs > 0 ? FormattableString.Invariant($", {DroppedInputs} dropped") : "") +
        (ScheduledSampling > 0 ? FormattableString.Invariant($", {ScheduledSampling} sampled)") : ")");

    /// <summary>What comes before each step of the rows that it is to give, as it is fed back:
    /// <c>[B, T, C]</c>.</summary>
    private T ShiftedRows<T>(T rows) where T : struct, IArray<T> => Shifted(GivesLogOdds
        ? TokenLayer.OneHot(rows, Channels).Narrow(2, 1, Channels)
        : rows.Reshape(-1, Steps, Channels));

    /// <summary>What comes before each step, and 0 before the first: <c>[B, T, C]</c>.</summary>
    private T Shifted<T>(T rows) where T : struct, IArray<T>
    {
        T before = rows.Narrow(1, 0, 1) * 0;                                          // [B, 1, C]
        return Steps > 1 ? before.Concat(rows.Narrow(1, 0, Steps - 1), 1) : before;
    }

    /// <summary>What comes before each step is known, so that a recurrence computes all steps at once.</summary>
    private T Told<T>(T code, T before, T[][] states, IReadOnlyList<T> weights, ForwardMode mode)
        where T : struct, IArray<T>
    {
        T all = before.Narrow(2, 0, 1) * 0 + 1;                                       // [B, T, 1]
        T? kept = DroppedInputs > 0 ? all.Dropped(DroppedInputs, mode) : null;
        if (kept is { } some)
            before *= some;
        var share = (float)(ScheduledSampling * mode.Progress);
        if (share > 0)
        {
            T given = All(code.Detach(), before,
                [.. states.Select(each => each.Select(state => state.Detach()).ToArray())],
                [.. weights.Select(weight => weight.Detach())], mode);
            T own = Shifted(FedBack(given, mode).Permute(0, 2, 1));
            T told = all.Dropped(share, mode);
            before = before * told + (kept is { } left ? own * left : own) * (-told + 1);
        }
        return All(code, before, states, weights, mode);
    }

    /// <summary>What it gives where what comes before each step is this: <c>[B, C, T]</c>.</summary>
    private T All<T>(T code, T before, T[][] states, IReadOnlyList<T> weights, ForwardMode mode)
        where T : struct, IArray<T>
    {
        T input = code.Reshape(-1, 1, code.Size(1)).Expand(-1, Steps, -1).Concat(before, 2).Permute(1, 0, 2);
        for (int i = 0; i < Units.Count; i++)
        {
            int units = Units[i];
            input = input.Recurrent(Cell, [.. states[i].Select(state => state.Reshape(1, -1, units))],
                CellOf(weights, i), mode);
        }
        return input.Reshape(-1, Units[^1]).Linear(weights[^2], weights[^1], mode)
            .Reshape(Steps, -1, Channels).Permute(1, 2, 0);
    }

    /// <summary>What is fed back of what it gives, <c>[B, C]</c> or <c>[B, C, T]</c>: the likeliest of
    /// classes.</summary>
    private T FedBack<T>(T given, ForwardMode mode) where T : struct, IArray<T>
    {
        if (!GivesLogOdds)
            return Final is { } final ? ActivationFunctions.Of(final, given, mode) : given;
        T fed = given.ArgMax(1).OneHot(Channels);
        return fed.Rank == 2 ? fed : fed.Permute(0, 2, 1);
    }

    private T Fed<T>(T code, T[][] states, IReadOnlyList<T> weights, ForwardMode mode) where T : struct, IArray<T>
    {
        T[][] cells = [.. Units.Select((_, i) => CellOf(weights, i))];
        T first = cells[0][0], none = code.Constant(new float[first.Size(0)], first.Size(0));
        T ofCode = code.Linear(first.Narrow(1, 0, code.Size(1)), cells[0][2], mode);
        T ofFed = first.Narrow(1, code.Size(1), Channels);
        T given = ofCode;
        var steps = new T[Steps];
        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (i > 0)
                    given = states[i - 1][0].Linear(cells[i][0], cells[i][2], mode);
                states[i] = Recurrence.Step(Cell, given, states[i], cells[i][1], cells[i][3]);
            }
            T shown = states[^1][0].Linear(weights[^2], weights[^1], mode);           // [B, C]
            steps[step] = shown.Reshape(-1, Channels, 1);
            T taken = mode.NoiseIn<T>() is { } noise ? shown + noise.Narrow(1, step * Channels, Channels) : shown;
            given = ofCode + FedBack(taken, mode).Linear(ofFed, none, mode);
        }
        return T.Concat(steps, 2);
    }

    private static T[] CellOf<T>(IReadOnlyList<T> weights, int i) =>
        [.. weights.Skip(Recurrence.Tensors * i).Take(Recurrence.Tensors)];

    /// <summary>The first states of a layer, <c>[B, H]</c> each.</summary>
    private T[] StatesOf<T>(T all, int layer) where T : struct, IArray<T>
    {
        long start = RecurrentGates.States(Cell) * Units.Take(layer).Sum(units => (long)units), units = Units[layer];
        return [.. Enumerable.Range(0, RecurrentGates.States(Cell))
            .Select(state => all.Narrow(1, start + state * units, units))];
    }
}
