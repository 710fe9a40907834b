using System.Globalization;
using Ml.Autoencoders.Windows;

namespace Ml.Autoencoders;

/// <summary>The time of a row, for <see cref="WindowTracker"/>: a <see cref="DateTime"/>, a <see
/// cref="DateTimeOffset"/>, a <see cref="TimeSpan"/> or a number.</summary>
/// <remarks>The default value says that there is no time. Of a <see cref="DateTime"/> the kind does not count, as in
/// ML.NET; of a <see cref="DateTimeOffset"/> only the moment does.</remarks>
public readonly record struct WindowTime
{
    private readonly double _number;

    private WindowTime(TimeKind kind, Int128 whole, double number)
    {
        Kind = kind;
        Whole = whole;
        _number = number;
    }

    /// <summary>Null where there is no time.</summary>
    internal TimeKind? Kind { get; }

    /// <summary>Ticks, or an integer; 0 for a number that may have a fraction.</summary>
    internal Int128 Whole { get; }

    /// <summary>A number that may have a fraction; 0 for all else.</summary>
    internal double Number => _number;

    /// <summary>A date with its time of day.</summary>
    public static implicit operator WindowTime(DateTime time) => FromDateTime(time);

    /// <summary>A moment.</summary>
    public static implicit operator WindowTime(DateTimeOffset time) => FromDateTimeOffset(time);

    /// <summary>A time since some beginning.</summary>
    public static implicit operator WindowTime(TimeSpan time) => FromTimeSpan(time);

    /// <summary>A whole number.</summary>
    public static implicit operator WindowTime(long time) => FromInt64(time);

    /// <summary>A number.</summary>
    public static implicit operator WindowTime(double time) => FromDouble(time);

    /// <summary>A date with its time of day.</summary>
    public static WindowTime FromDateTime(DateTime time) => OfWhole(TimeKind.DateTime, time.Ticks);

    /// <summary>A moment.</summary>
    public static WindowTime FromDateTimeOffset(DateTimeOffset time) => OfWhole(TimeKind.DateTimeOffset, time.UtcTicks);

    /// <summary>A time since some beginning.</summary>
    public static WindowTime FromTimeSpan(TimeSpan time) => OfWhole(TimeKind.TimeSpan, time.Ticks);

    /// <summary>A whole number.</summary>
    public static WindowTime FromInt64(long time) => OfWhole(TimeKind.Whole, time);

    /// <inheritdoc cref="FromInt64"/>
    public static WindowTime FromUInt64(ulong time) => OfWhole(TimeKind.Whole, time);

    /// <summary>A number.</summary>
    public static WindowTime FromDouble(double time) => OfNumber(TimeKind.Double, time);

    internal static WindowTime OfWhole(TimeKind kind, Int128 whole) => new(kind, whole, 0);

    internal static WindowTime OfNumber(TimeKind kind, double number) => new(kind, 0, number);

    /// <summary>The same in the type of a column; null where that cannot be.</summary>
    internal WindowTime? As(TimeKind kind) => kind switch
    {
        _ when Kind == kind => this,
        TimeKind.Single when Kind is TimeKind.Whole => OfNumber(kind, (float)Whole),
        TimeKind.Single when Kind is TimeKind.Double => OfNumber(kind, (float)Number),
        TimeKind.Double when Kind is TimeKind.Whole => OfNumber(kind, (double)Whole),
        _ => null,
    };

    /// <summary>Below 0 where it is before another of the same kind, 0 where it is the same, and above 0 where it is
    /// after it.</summary>
    internal int CompareTo(WindowTime other)
    {
        int compared = Whole.CompareTo(other.Whole);
        return compared != 0 ? compared : Number.CompareTo(other.Number);
    }

    /// <summary>As errors show it: <c>2026-11-28T16:00:05.0000000</c>, <c>00:00:05</c>, <c>17.5</c>.</summary>
    public override string ToString() => Kind switch
    {
        null => "no time",
        TimeKind.DateTime => new DateTime((long)Whole).ToString("o", CultureInfo.InvariantCulture),
        TimeKind.DateTimeOffset => new DateTimeOffset((long)Whole, TimeSpan.Zero)
            .ToString("o", CultureInfo.InvariantCulture),
        TimeKind.TimeSpan => new TimeSpan((long)Whole).ToString("c", CultureInfo.InvariantCulture),
        TimeKind.Whole => Whole.ToString(CultureInfo.InvariantCulture),
        TimeKind.Single => ((float)Number).ToString(CultureInfo.InvariantCulture),
        _ => Number.ToString(CultureInfo.InvariantCulture),
    };
}
