using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Reads what a mapping needs of a row: its numbers, its label where there is a condition, and its id where chance is tied to it.</summary>
internal sealed class MappingReader
{
    private readonly VectorReader _values;
    private readonly LabelReader? _label;
    private readonly ValueGetter<DataViewRowId>? _id;

    public MappingReader(DataViewRow row, MappedSchema schema)
    {
        _values = new VectorReader(row, schema.InputColumn);
        _label = schema.Label is { } label ? new LabelReader(row, label, schema.Mapping.Condition!.Knows) : null;
        _id = schema.Mapping.Draws ? row.GetIdGetter() : null;
    }

    public void Read(MappingInput input, int row)
    {
        _values.Read(input.Row(row));
        if (_label is not null)
            input.Labels![row] = _label.Read();
        _id?.Invoke(ref input.Ids[row]);
    }
}
