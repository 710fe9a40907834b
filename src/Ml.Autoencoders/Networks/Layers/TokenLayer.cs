using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Rows of tokens as sequences: <c>[B, T]</c> numbers of classes to <c>[B, V + 1, T]</c>, where at each step the
/// channel of its class is 1 and the others are 0. Class 0 is that of steps that are not known. The whole part of a
/// number counts; NaN, and what is below 0 or above V, is class 0. No gradient passes.
/// </summary>
/// <param name="Steps">T.</param>
/// <param name="Classes">Classes besides 0, V.</param>
internal sealed record TokenLayer(int Steps, int Classes) : Layer
{
    /// <summary>Numbers of the one-hot label that it takes after a row, K, and makes a channel of each, which is the
    /// same at all steps.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Labels { get; init; }

    internal override Shape? Opens => Shape.Sequence(Classes + 1, Steps);

    internal override int LabelsTaken => Labels;

    public override void Check(Place place)
    {
        Require.Within(Steps, 1, Limits.Numbers / 2, place, nameof(Steps));
        // Numbers of single precision do not tell more apart.
        Require.Within(Classes, 1, Math.Min(Limits.Width, Limits.Numbers / Steps - 1), place, nameof(Classes));
        Require.Within(Labels, 0, Limits.Width, place, nameof(Labels));
    }

    public override Shape OutputShape(Shape input) => input.IsVector && input.Count == (long)Steps + Labels
        ? Shape.Sequence(Classes + 1 + Labels, Steps)
        : throw new NetworkException(FormattableString.Invariant(
            $"{this} takes a vector of {(long)Steps + Labels} numbers per row, and gets {input}."));

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode)
    {
        T tokens = Labels == 0 ? input : input.Narrow(1, 0, Steps);
        T sequence = OneHot(tokens, Classes).Permute(0, 2, 1);                        // [B, V + 1, T]
        return Labels == 0 ? sequence : sequence.Concat(
            input.Narrow(1, Steps, Labels).Reshape(-1, Labels, 1).Expand(-1, -1, Steps), 1);
    }

    /// <summary>Numbers of classes, <c>[B, T]</c> to <c>[B, T, V + 1]</c>.</summary>
    public static T OneHot<T>(T tokens, int classes) where T : struct, IArray<T> =>
        tokens.Masked(tokens.IsNaN(), 0).Masked(tokens.IsBelow(0), 0).Masked((-tokens).IsBelow(-classes), 0)
            .OneHot(classes + 1L);

    internal override Layer WithLabels(int labels) => this with { Labels = labels };

    /// <summary>A class is told by numbers of its step, one for each but class 0.</summary>
    internal override IReadOnlyList<Layer> Mirrored(Shape input) =>
        [new PerStepLayer([new LinearLayer(Classes)]), new ReshapeLayer(null)];

    public override string ToString() => FormattableString.Invariant($"Tokens({Steps} steps, {Classes} classes)") +
        (Labels > 0 ? FormattableString.Invariant($" + {Labels} planes") : "");
}
