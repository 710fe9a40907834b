using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Dropout (Srivastava et al. 2014): in training each number is set to 0 with probability <paramref name="Rate"/> and
/// the rest are divided by 1 - Rate; in prediction nothing happens.
/// </summary>
internal sealed record DropoutLayer(float Rate) : Layer
{
    internal override bool IgnoresShape => true;

    public override void Check(Place place) => Require.BelowOne(Rate, place, nameof(Rate));

    public override Shape OutputShape(Shape input) => input;

    public override T Apply<T>(T input, IReadOnlyList<T> weights, ForwardMode mode) =>
        input.Dropout(Rate, mode);

    public override string ToString() => FormattableString.Invariant($"Dropout({Rate})");
}
