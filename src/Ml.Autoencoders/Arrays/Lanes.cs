using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Arrays;

/// <summary>
/// Eight numbers of a row in managed memory: a formula over them is compiled as one loop over the row
/// (<see cref="Elementwise"/>), which leaves nothing between its operations in memory. NaN stays NaN.
/// </summary>
internal readonly record struct Lanes(Vector256<float> Numbers) : IElementwise<Lanes>
{
    private static Vector256<float> One => Vector256<float>.One;
    public static Lanes operator +(Lanes left, Lanes right) => new(left.Numbers + right.Numbers);
    public static Lanes operator -(Lanes left, Lanes right) => new(left.Numbers - right.Numbers);
    public static Lanes operator *(Lanes left, Lanes right) => new(left.Numbers * right.Numbers);
    public static Lanes operator /(Lanes left, Lanes right) => new(left.Numbers / right.Numbers);
    public static Lanes operator +(Lanes left, double right) => new(left.Numbers + Vector256.Create((float)right));
    public static Lanes operator -(Lanes left, double right) => new(left.Numbers - Vector256.Create((float)right));
    public static Lanes operator *(Lanes left, double right) => new(left.Numbers * (float)right);
    public static Lanes operator /(Lanes left, double right) => new(left.Numbers / (float)right);
    public static Lanes operator -(Lanes value) => new(-value.Numbers);
    public Lanes Exp() => new(Vector256.Exp(Numbers));
    public Lanes Expm1() => new(Vector256.Exp(Numbers) - One);
    public Lanes Log() => new(Vector256.Log(Numbers));
    public Lanes Sqrt() => new(Vector256.Sqrt(Numbers));
    public Lanes Abs() => new(Vector256.Abs(Numbers));

    /// <summary>ln(x + √(x² + 1)) = ln x + ln(1 + √(1 + 1/x²)), which does not overflow; 0, mostly, is passed
    /// by.</summary>
    public Lanes Asinh()
    {
        if (Numbers == default)
            return this;
        Vector256<float> size = Vector256.Abs(Numbers);
        Vector256<float> inverse = One / Vector256.Max(size, One);
        Vector256<float> large = Vector256.Log(size) + Vector256.Log(One + Vector256.Sqrt(One + inverse * inverse));
        Vector256<float> small = Vector256.Log(size + Vector256.Sqrt(size * size + One));
        Vector256<float> arc = Vector256.ConditionalSelect(Vector256.GreaterThan(size, One), large, small);
        return new(Vector256.CopySign(arc, Numbers));
    }

    public Lanes Squared() => new(Numbers * Numbers);
    public Lanes MinusOver(Lanes offset, Lanes scale) => (this - offset) / scale;
    public Lanes TimesPlus(Lanes scale, Lanes offset) => this * scale + offset;
    public Lanes SquaredDistance(Lanes other) => (other - this).Squared();

    public Lanes Clamped(double least, double most)
    {
        (Vector256<float> low, Vector256<float> high) = (Vector256.Create((float)least), Vector256.Create((float)most));
        Vector256<float> atLeast = Vector256.ConditionalSelect(Vector256.LessThan(Numbers, low), low, Numbers);
        return new(Vector256.ConditionalSelect(Vector256.GreaterThan(atLeast, high), high, atLeast));
    }

    public Lanes AtLeast(double least)
    {
        Vector256<float> low = Vector256.Create((float)least);
        return new(Vector256.ConditionalSelect(Vector256.LessThan(Numbers, low), low, Numbers));
    }

    public Lanes Relu() => WhereNegative(default);
    public Lanes LeakyRelu(double slope) => WhereNegative(Numbers * (float)slope);
    public Lanes Elu(ForwardMode mode) => WhereNegative(Expm1().Numbers);

    /// <summary>
    /// With the tail Φ(-|x|) = t (a1 + t (a2 + t (a3 + t (a4 + t a5)))) exp(-x²/2) / 2, t = 1 / (1 + p |x| / √2), which
    /// is off by less than 1e-7 (Abramowitz and Stegun 1964, "Handbook of Mathematical Functions", equation 7.1.26).
    /// </summary>
    public Lanes Gelu()
    {
        Vector256<float> x = Numbers;
        Vector256<float> t = One / (One + Vector256.Abs(x) * (0.3275911f * 0.70710678f));
        Vector256<float> series = Vector256.Create(1.061405429f) * t - Vector256.Create(1.453152027f);
        series = series * t + Vector256.Create(1.421413741f);
        series = series * t - Vector256.Create(0.284496736f);
        series = series * t + Vector256.Create(0.254829592f);
        Vector256<float> tail = series * t * Vector256.Exp(x * x * -0.5f) * 0.5f;
        return new(x * Vector256.ConditionalSelect(Vector256.LessThan(x, default), tail, One - tail));
    }

    /// <summary>1 - 2 / (e^2x + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes Tanh() => new(One - Vector256.Create(2f) / (Vector256.Exp(Numbers + Numbers) + One));
    public Lanes Sigmoid(ForwardMode mode) => new(One / (One + Vector256.Exp(-Numbers)));
    public Lanes Silu(ForwardMode mode) => new(Numbers / (One + Vector256.Exp(-Numbers)));

    public Lanes CrossEntropyWithLogits(Lanes target) =>
        new(Relu().Numbers - target.Numbers * Numbers + Vector256.Log(One + Vector256.Exp(-Vector256.Abs(Numbers))));

    private Lanes WhereNegative(Vector256<float> others) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(Numbers, default), others, Numbers));
}
