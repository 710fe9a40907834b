using System.Globalization;

namespace Ml.Autoencoders.Music.Abc;

/// <summary>Durations and meters. Time is counted in ticks, so small that all binary parts of a note are
/// whole.</summary>
internal static class AbcTime
{
    /// <summary>Ticks of a whole note.</summary>
    public const long Whole = 1 << 16;

    /// <summary>Ticks of a step.</summary>
    public const long Step = Whole / MelodyKeys.StepsPerBar;

    private const int FinestUnit = 512;

    /// <summary>The length of notes without one of their own, from a field <c>L:</c>.</summary>
    /// <exception cref="FormatException">It is no such length.</exception>
    public static long Unit(string text)
    {
        if (Fraction(text) is ( > 0 and var numerator, > 0 and <= FinestUnit and var denominator)
            && int.IsPow2((int)denominator) && numerator <= denominator)
            return Whole * numerator / denominator;
        throw new FormatException(
            $"L: is '{AbcFile.Clean(text)}'; it must be a part of a whole note, such as 1/8, down to 1/{FinestUnit}.");
    }

    /// <summary>The length of notes without one of their own where there is no field <c>L:</c>.</summary>
    /// <param name="meter">The field <c>M:</c>.</param>
    public static long DefaultUnit(string meter) =>
        Fraction(meter) is (var numerator, > 0 and var denominator) && numerator < 0.75 * denominator
            ? Whole / 16 : Whole / 8;

    /// <summary>Whether bars are a whole note long. Without a meter music is free, and has no such bars.</summary>
    /// <param name="meter">A field <c>M:</c>.</param>
    public static bool IsWhole(string meter) =>
        meter is "C" or "C|"
        || Fraction(meter) is ( > 0 and var numerator, var denominator) && numerator == denominator;

    private static (long, long)? Fraction(string text) =>
        text.Split('/') is [var over, var under] && Number(over) is { } numerator && Number(under) is { } denominator
            ? (numerator, denominator) : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out int number) ? number : null;
}
