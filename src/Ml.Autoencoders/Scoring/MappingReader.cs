using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Reads what a mapping needs of a row: its numbers, its label where there is a condition, and its id where draws are
/// tied to it.
/// </summary>
internal sealed class MappingReader
{
    private readonly VectorReader _values;
    private readonly LabelReader? _label;
    private readonly ValueGetter<DataViewRowId>? _id;
    private readonly InputWatch? _watch;
    private readonly bool _lacksStage;
    private int _looks;

    public MappingReader(DataViewRow row, MappedSchema schema)
    {
        _values = VectorReader.Of(row, schema.InputColumn);
        _label = schema.Label is { } label ? new LabelReader(row, label, schema.Mapping.Condition!.Knows) : null;
        _id = schema.Mapping.Draws ? row.GetIdGetter() : null;
        _watch = schema.Watch;
        _lacksStage = row is DataViewRowCursor ? schema.LacksStage : _watch?.LacksStage(row) ?? false;
    }

    public void Read(MappingInput input, int row)
    {
        _values.Read(input.Row(row));
        if (_label is not null)
            input.Labels![row] = _label.Read();
        _id?.Invoke(ref input.Ids[row]);
        if (_watch is not null && _looks < InputWatch.FirstRows)
        {
            _looks++;
            _watch.Look(input.Row(row), _lacksStage);
        }
    }
}
