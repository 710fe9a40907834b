using Microsoft.ML;
using Microsoft.ML.Data;

namespace FreshProcess;

/// <summary>A row of numbers between 0 and 1 that is the same in every process.</summary>
internal sealed class LoaderRow
{
    private const int Size = 12;

    [VectorType(Size)]
    public float[] Features { get; set; } = [];

    public uint Label { get; set; }

    public static LoaderRow Make(int number) => Make(number, Size);

    /// <summary>Rows whose column has the dimensions; none for a vector of 12.</summary>
    public static IDataView View(MLContext ml, int count, params int[] dimensions)
    {
        var schema = SchemaDefinition.Create(typeof(LoaderRow));
        int size = dimensions.Aggregate(1, (product, dimension) => product * dimension);
        if (dimensions.Length == 0)
            size = Size;
        else
            schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(number => Make(number, size)), schema);
    }

    private static LoaderRow Make(int number, int size) => new()
    {
        Features = [.. Enumerable.Range(0, size).Select(slot => (number * 37 + slot * 11) % 100 / 100f)],
        Label = (uint)number % 2,
    };
}
