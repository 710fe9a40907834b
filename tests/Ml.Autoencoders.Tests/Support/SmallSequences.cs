using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A sequence as numbers.</summary>
internal sealed class SequenceRow
{
    public float[] Window { get; set; } = [];

    public float[] Other { get; set; } = [];

    public string Kind { get; set; } = "";
}

/// <summary>Small made-up sequences: a wave of random height and phase, later in each channel.</summary>
internal static class SmallSequences
{
    /// <summary>Step by step.</summary>
    public static float[][] Make(int count, int steps, int channels, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            (double height, double phase) = (0.3 + 0.7 * random.NextDouble(), 2 * Math.PI * random.NextDouble());
            return (from step in Enumerable.Range(0, steps)
                    from channel in Enumerable.Range(0, channels)
                    select (float)(height * Math.Sin(4 * Math.PI * step / steps + phase + 0.5 * channel)
                        + 0.02 * random.NextDouble())).ToArray();
        })];
    }

    /// <summary>A view whose column <c>Window</c> has the dimensions.</summary>
    public static IDataView View(MLContext ml, float[][] windows, params int[] dimensions) =>
        View(ml, [.. windows.Select(window => new SequenceRow { Window = window })], dimensions, [1]);

    /// <summary>The same of rows with another sequence beside.</summary>
    public static IDataView View(MLContext ml, SequenceRow[] rows, int[] dimensions, int[] otherDimensions)
    {
        var schema = SchemaDefinition.Create(typeof(SequenceRow));
        schema[nameof(SequenceRow.Window)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        schema[nameof(SequenceRow.Other)].ColumnType =
            new VectorDataViewType(NumberDataViewType.Single, otherDimensions);
        if (rows.All(row => row.Other.Length == 0))
            schema.Remove(schema[nameof(SequenceRow.Other)]);
        return ml.Transforms.Conversion.MapValueToKey(nameof(SequenceRow.Kind))
            .Fit(ml.Data.LoadFromEnumerable(rows, schema)).Transform(ml.Data.LoadFromEnumerable(rows, schema));
    }
}
