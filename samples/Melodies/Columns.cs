using System.Globalization;
using Spectre.Console;

namespace Melodies;

/// <summary>Tables of numbers.</summary>
internal static class Columns
{
    /// <summary>A table without rows: a column of names, and others of numbers.</summary>
    public static Table Of(string names, params string[] numbers) => new Table().AddColumn(names)
        .AddColumns([.. numbers.Select(column => new TableColumn(column).RightAligned())]);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
