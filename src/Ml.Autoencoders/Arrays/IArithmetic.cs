namespace Ml.Autoencoders.Arrays;

/// <summary>The operations that formulas of single numbers are written in, which any back end has.</summary>
internal interface IArithmetic<T> where T : IArithmetic<T>
{
    static abstract T operator +(T left, T right);
    static abstract T operator -(T left, T right);
    static abstract T operator *(T left, T right);
    static abstract T operator /(T left, T right);
    static abstract T operator +(T left, double right);
    static abstract T operator -(T left, double right);
    static abstract T operator *(T left, double right);
    static abstract T operator /(T left, double right);
    static abstract T operator -(T value);

    /// <summary>e^x.</summary>
    T Exp();

    /// <summary>e^x - 1, which loses no digits near x = 0.</summary>
    T Expm1();

    /// <summary>ln x.</summary>
    T Log();
    T Sqrt();
    T Abs();
    T Asinh();
    T Squared();

    /// <summary>(x - offset) / scale.</summary>
    T MinusOver(T offset, T scale);

    /// <summary>x scale + offset.</summary>
    T TimesPlus(T scale, T offset);

    /// <summary>(x - y)².</summary>
    T SquaredDistance(T other);

    /// <summary>The nearest number within bounds.</summary>
    T Clamped(double least, double most);

    /// <summary>The number, or the bound where that is greater.</summary>
    T AtLeast(double least);
}
