using System.Numerics;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>Checks of options. Every message names the option, the value found and what was expected.</summary>
internal static class Require
{
    public static void Finite<T>(T value, string where, string name) where T : INumber<T>
    {
        if (!T.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, Invariant($"{where}: {name} is {value}; it must be a finite number."));
    }

    public static void AtLeast<T>(T value, T least, string where, string name) where T : INumber<T>
    {
        Finite(value, where, name);
        if (value < least)
            throw new ArgumentOutOfRangeException(name, Invariant($"{where}: {name} is {value}; it must be at least {least}."));
    }

    public static void Above<T>(T value, T bound, string where, string name) where T : INumber<T>
    {
        Finite(value, where, name);
        if (value <= bound)
            throw new ArgumentOutOfRangeException(name, Invariant($"{where}: {name} is {value}; it must be above {bound}."));
    }

    public static void InRange<T>(T value, T least, T most, string where, string name) where T : INumber<T>
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(name, Invariant($"{where}: {name} is {value}; it must be between {least} and {most}."));
    }

    /// <summary>For a share or a rate, of which all would leave nothing.</summary>
    public static void BelowOne(float value, string where, string name)
    {
        if (!(value is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(name, Invariant($"{where}: {name} is {value}; it must be at least 0 and below 1."));
    }

    public static void Sizes(int[] sizes, string where, string name)
    {
        foreach (int size in sizes)
            AtLeast(size, 1, where, name);
    }

    public static void Defined<T>(T value, string where, string name) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(name, $"{where}: {name} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    public static void NotNull(object? value, string where, string name)
    {
        if (value is null)
            throw new ArgumentNullException(name, $"{where}: {name} is null.");
    }
}
