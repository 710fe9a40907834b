using System.Runtime.Intrinsics;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

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
    public Tensor Hold(Tensor numbers)
    {
        Tensor within = numbers.Clamped(Least, Greatest);
        return within.Plus((numbers - within).asinh());
    }

    /// <summary>The same as nodes of an ONNX graph.</summary>
    public OnnxValue Hold(OnnxValue numbers)
    {
        OnnxValue within = numbers.Clamped(Least, Greatest);
        return within + (numbers - within).To("Asinh");
    }

    /// <summary>The same in managed memory, in place.</summary>
    public void Hold(Span<float> numbers) => Elementwise.Apply(numbers, new Holding(Least, Greatest));

    private readonly struct Holding(float least, float greatest) : IUnaryFunction
    {
        public Vector256<float> Of(Vector256<float> x)
        {
            Vector256<float> within = Clamp.Within(x, Vector256.Create(least), Vector256.Create(greatest));
            Vector256<float> beyond = x - within;
            if (beyond == default)
                return x;
            Vector256<float> size = Vector256.Abs(beyond);
            Vector256<float> one = Vector256<float>.One;
            // asinh x = ln(x + √(x² + 1)) = ln x + ln(1 + √(1 + 1/x²)), which does not overflow.
            Vector256<float> inverse = one / Vector256.Max(size, one);
            Vector256<float> large = Vector256.Log(size) + Vector256.Log(one + Vector256.Sqrt(one + inverse * inverse));
            Vector256<float> small = Vector256.Log(size + Vector256.Sqrt(size * size + one));
            Vector256<float> arc = Vector256.ConditionalSelect(Vector256.GreaterThan(size, one), large, small);
            return within + Vector256.CopySign(arc, beyond);
        }
    }
}
