using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Models;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Notices rows that are not as the input column was in the fit, as where an earlier stage was left out, and
/// says so once in the log.</summary>
/// <param name="host">Whose log.</param>
/// <param name="columnName">The input column.</param>
/// <param name="trained">What it was in the fit; null in files that do not say.</param>
internal sealed class InputWatch(IHost host, string columnName, TrainedInput? trained)
{
    private readonly (float Least, float Greatest) _limits = Limits(trained?.Range);
    private int _told;

    /// <summary>Looks at rows that come as arrays.</summary>
    public void Look(IReadOnlyList<float[]> rows)
    {
        if (trained is null || _told != 0)
            return;
        for (int i = 0; i < rows.Count; i++)
        {
            float[] row = rows[i];
            if (IsFar(row))
            {
                string found = string.Create(CultureInfo.InvariantCulture, $"from {row.Min():G6} to {row.Max():G6}");
                string known = string.Create(
                    CultureInfo.InvariantCulture, $"from {trained.Range.Least:G6} to {trained.Range.Greatest:G6}");
                Tell($"A row holds numbers {found}; those of column '{columnName}' in the fit were {known}.");
                return;
            }
        }
    }

    /// <summary>Looks at a column that is to be read.</summary>
    public void Look(DataViewSchema.Column column)
    {
        if (trained is { IsNormalized: true } && _told == 0 && !column.IsNormalized())
            Tell($"Column '{columnName}' was normalized in the fit, and the one that is given is not.");
    }

    /// <summary>Numbers beyond are further from the range of the fit than that is wide.</summary>
    private static (float Least, float Greatest) Limits(ValueRange? range)
    {
        if (range is null)
            return (float.NegativeInfinity, float.PositiveInfinity);
        double width = (double)range.Greatest - range.Least;
        // Equal numbers have no width; their size stands in.
        double margin = width > 0 ? width : Math.Max(range.Largest, 1);
        return ((float)(range.Least - margin), (float)(range.Greatest + margin));
    }

    private bool IsFar(float[] row)
    {
        (float least, float greatest) = _limits;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row.AsSpan());
        var (lower, upper) = (new Vector<float>(least), new Vector<float>(greatest));
        foreach (Vector<float> numbers in vectors)
        {
            if (Vector.LessThanAny(numbers, lower) || Vector.GreaterThanAny(numbers, upper))
                return true;
        }
        foreach (float number in row.AsSpan(vectors.Length * Vector<float>.Count))
        {
            if (number < least || number > greatest)
                return true;
        }
        return false;
    }

    private void Tell(string what)
    {
        if (Interlocked.Exchange(ref _told, 1) != 0)
            return;
        string stage = trained!.Stage is { } name
            ? $"'{name}', the stage that wrote it then,"
            : "What stands before the autoencoder in its pipeline";
        using IChannel channel = host.Start("Input");
        channel.Warning("{0}", $"{what} {stage} is not run by calls on the autoencoder alone: use the whole model " +
            "(ml.Model.CreateEncoder, Transform, CreatePredictionEngine), give rows as that stage would write them, " +
            "or scale inside the autoencoder (the option Scaling). This is said once.");
    }
}
