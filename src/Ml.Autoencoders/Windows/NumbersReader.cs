using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Windows;

/// <summary>Reads the numbers of one row after the other: scalars and vectors, side by side.</summary>
internal sealed class NumbersReader
{
    private readonly Action<Span<float>>[] _readers;
    private readonly int[] _ends;

    /// <param name="row">The row, or cursor.</param>
    /// <param name="columns">Its columns, of numbers or vectors of known size.</param>
    public NumbersReader(DataViewRow row, IReadOnlyList<DataViewSchema.Column> columns)
    {
        _readers = [.. columns.Select(column => Of(row, column))];
        int end = 0;
        _ends = [.. columns.Select(column => end += (column.Type as VectorDataViewType)?.Size ?? 1)];
    }

    public void Read(Span<float> numbers)
    {
        int start = 0;
        for (int i = 0; i < _readers.Length; i++)
        {
            _readers[i](numbers[start.._ends[i]]);
            start = _ends[i];
        }
    }

    private static Action<Span<float>> Of(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
            return VectorReader.Of(row, column).Read;
        Func<float> read = ScalarReader.Of<float>(row, column);
        return numbers => numbers[0] = read();
    }
}
