using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Columns;

/// <summary>
/// Reads a vector column of one row after the other into dense spans; sparse vectors are filled up with zeros.
/// </summary>
internal sealed class VectorReader(DataViewRow row, DataViewSchema.Column column)
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _values;

    /// <exception cref="ArgumentException">The row's vector has another length than the column's type.</exception>
    public void Read(Span<float> destination)
    {
        Fetch();
        CopyTo(destination);
    }

    /// <summary>Gets the vector of the current row.</summary>
    public void Fetch() => _getter(ref _values);

    /// <summary>Whether the vector that was fetched says that its row has no window.</summary>
    public bool IsMissingWindow => _values.IsDense && WindowColumn.IsMissing(_values.GetValues());

    /// <summary>Writes the vector that was fetched.</summary>
    /// <inheritdoc cref="Read"/>
    public void CopyTo(Span<float> destination)
    {
        if (_values.Length != destination.Length)
        {
            throw new ArgumentException(
                $"Column '{column.Name}', row {row.Position:N0}: the vector has {_values.Length} slots; the column's " +
                $"type has {destination.Length}.");
        }
        _values.CopyTo(destination);
    }
}
