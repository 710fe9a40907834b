using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Scoring;

/// <summary>Notices rows that differ from the input column of the fit, for example where an earlier stage was left out,
/// and warns once in the log.</summary>
/// <param name="host">The owner of the log.</param>
/// <param name="columnName">The input column.</param>
/// <param name="trained">What it was in the fit; null in files that do not hold it.</param>
internal sealed class InputWatch(IHost host, string columnName, TrainedInput? trained)
{
    /// <summary>Rows that are checked for each reader: the mistake is made with all of them.</summary>
    public const int FirstRows = 16;

    private readonly (float Least, float Greatest) _limits = Limits(trained?.Range);
    private int _told;

    private string Remedy => (trained!.Stage is { } stage
        ? $" '{stage}', the stage that wrote it then,"
        : " Any stage before the autoencoder in its pipeline") +
        " is not run by calls on the autoencoder alone: use the whole model " +
        "(ml.Model.CreateEncoder, Transform, CreatePredictionEngine), give rows as that stage would write them, " +
        "or scale inside the autoencoder (the option Scaling).";

    /// <summary>Checks rows that come as arrays.</summary>
    public void Look(IReadOnlyList<float[]> rows)
    {
        if (trained is null || _told != 0)
            return;
        for (int i = 0; i < rows.Count; i++)
            Look(rows[i], lacksStage: true);
    }

    /// <summary>Checks a row.</summary>
    /// <param name="row">Its numbers.</param>
    /// <param name="lacksStage">Whether the stage that wrote the column in the fit did not write them.</param>
    public void Look(ReadOnlySpan<float> row, bool lacksStage)
    {
        if (trained is null || _told != 0 || !IsFar(row))
            return;
        var (least, greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float number in row)
        {
            // A missing value is neither.
            if (number < least)
                least = number;
            if (number > greatest)
                greatest = number;
        }
        Tell(string.Create(CultureInfo.InvariantCulture, $"A row holds numbers from {least:G6} to {greatest:G6}; ") +
            string.Create(CultureInfo.InvariantCulture,
                $"those of column '{columnName}' in the fit were from {trained.Range.Least:G6} to " +
                $"{trained.Range.Greatest:G6}."),
            lacksStage);
    }

    /// <summary>Whether the stage that wrote the column in the fit did not write that of a view.</summary>
    public bool LacksStage(IDataView view) => trained?.Stage is { } stage && ColumnStage.Of(view, columnName) != stage;

    /// <summary>Whether that is so of a row of a prediction engine: it comes from the application itself where no stage
    /// is before this one.</summary>
    public bool LacksStage(DataViewRow row) =>
        trained?.Stage is not null && row.GetType().DeclaringType?.Name == "DataViewConstructionUtils";

    /// <summary>Checks a column that is to be read.</summary>
    public void Look(DataViewSchema.Column column)
    {
        if (trained is { IsNormalized: true } && _told == 0 && !column.IsNormalized())
            Tell($"Column '{columnName}' was normalized in the fit, and the one that is given is not.",
                lacksStage: true);
    }

    /// <summary>Numbers beyond are further from the range of the fit than that is wide.</summary>
    private static (float Least, float Greatest) Limits(ValueRange? range)
    {
        if (range is null)
            return (float.NegativeInfinity, float.PositiveInfinity);
        double width = (double)range.Greatest - range.Least;
        // Equal numbers have no width; their size is used instead.
        double margin = width > 0 ? width : Math.Max(range.Largest, 1);
        return ((float)(range.Least - margin), (float)(range.Greatest + margin));
    }

    private bool IsFar(ReadOnlySpan<float> row)
    {
        (float least, float greatest) = _limits;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var (lower, upper) = (new Vector<float>(least), new Vector<float>(greatest));
        foreach (Vector<float> numbers in vectors)
        {
            if (Vector.LessThanAny(numbers, lower) || Vector.GreaterThanAny(numbers, upper))
                return true;
        }
        foreach (float number in row[(vectors.Length * Vector<float>.Count)..])
        {
            if (number < least || number > greatest)
                return true;
        }
        return false;
    }

    private void Tell(string what, bool lacksStage)
    {
        if (Interlocked.Exchange(ref _told, 1) != 0)
            return;
        using IChannel channel = host.Start("Input");
        channel.Warning("{0}", $"{what}{(lacksStage ? Remedy : "")} This warning is given once.");
    }
}
