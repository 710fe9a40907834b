using Microsoft.ML;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Windows;

/// <summary>Reads the times of one row after the other.</summary>
internal static class TimeReader
{
    public static Func<WindowTime> Of(DataViewRow row, DataViewSchema.Column column, TimeKind kind)
    {
        switch (kind)
        {
            case TimeKind.DateTime:
                return Create<DateTime>(row, column, WindowTime.FromDateTime);
            case TimeKind.DateTimeOffset:
                return Create<DateTimeOffset>(row, column, WindowTime.FromDateTimeOffset);
            case TimeKind.TimeSpan:
                return Create<TimeSpan>(row, column, WindowTime.FromTimeSpan);
            case TimeKind.Whole:
                Func<Int128> whole = ScalarReader.Of<Int128>(row, column);
                return () => WindowTime.OfWhole(kind, whole());
            default:
                Func<double> number = ScalarReader.Of<double>(row, column);
                return () => WindowTime.OfNumber(kind, number());
        }
    }

    private static Func<WindowTime> Create<T>(DataViewRow row, DataViewSchema.Column column, Func<T, WindowTime> make)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return make(value);
        };
    }
}
