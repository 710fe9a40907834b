using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// Where an encoder's number is ln σ² as it is. Beyond a bound by x, ln σ² is only asinh x further: above, σ² grows
/// in proportion to the number and no longer exponentially, below, 1/σ² does. So neither overflows, and a slope is left
/// everywhere that leads back.
/// </summary>
/// <param name="Least">Below 0.</param>
/// <param name="Greatest">Above 0.</param>
internal sealed record LogVarianceBounds(float Least, float Greatest)
{
    /// <summary>
    /// Those of new models. Codes are held near N(0, 1): a variance of more than e^8, some 3,000 times that of the
    /// prior, carries no information, and a deviation below e^-8, 0.0003, is lost in the rounding of codes that far
    /// from 0.
    /// </summary>
    public static LogVarianceBounds Default { get; } = new(-16, 8);

    /// <exception cref="FormatException">One is not valid; the message names which.</exception>
    public void Check(Place place)
    {
        if (Least is not (< 0 and > float.NegativeInfinity))
            throw place.Error(nameof(Least),
                FormattableString.Invariant($"is {Least}; it must be a finite number below 0."));
        if (Greatest is not (> 0 and < float.PositiveInfinity))
            throw place.Error(nameof(Greatest),
                FormattableString.Invariant($"is {Greatest}; it must be a finite number above 0."));
    }

    /// <summary>To ln σ², number by number; between the bounds to the bit.</summary>
    public T Hold<T>(T numbers) where T : IArithmetic<T>
    {
        T within = numbers.Clamped(Least, Greatest);
        return within + (numbers - within).Asinh();
    }

    /// <summary>The same in managed memory, in place.</summary>
    public void Hold(Span<float> numbers) => Elementwise.Apply(numbers, new Holding(this));

    private readonly struct Holding(LogVarianceBounds bounds) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => bounds.Hold(x);
    }
}
