using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Tables;

/// <summary>A table's description tied to the schema of a data view, in which ML.NET maps row by row.</summary>
internal sealed class TableMapper : IRowMapper, ISaveAsOnnx
{
    private readonly IHost _host;
    private readonly ITransformer _transformer;
    private readonly TableDescription _table;
    private readonly DataViewSchema _schema;
    private readonly DataViewSchema.Column[] _columns;

    public TableMapper(IHost host, ITransformer transformer, TableDescription table, DataViewSchema schema)
    {
        _host = host;
        _transformer = transformer;
        _table = table;
        _schema = schema;
        _columns = [.. table.Columns.Select(column => column.Find(host, schema))];
    }

    public DataViewSchema.DetachedColumn[] GetOutputColumns()
    {
        TableDescription table = _table;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddSlotNames(table.Size, (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new(table.Size, [.. table.SlotNames.Select(name => name.AsMemory())]));
        SlotGroup[] categories = [.. table.Categories];
        if (categories.Length > 0)
            CategoricalSlots.Add(annotations, categories);
        return [new(table.Output, new VectorDataViewType(NumberDataViewType.Single, table.Size),
            annotations.ToAnnotations())];
    }

    public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
    {
        if (!activeOutput(0))
            return _ => false;
        HashSet<int> needed = [.. _columns.Select(column => column.Index)];
        return needed.Contains;
    }

    public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action disposer)
    {
        disposer = null!;
        return [activeOutput(0) ? Getter(input) : null!];
    }

    public ITransformer GetTransformer() => _transformer;

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw _host.ExceptNotSupp("A data view is not saved. Save the transformer that it comes from.");

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => TableOnnx.CanSave(_host, _table, Output);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => TableOnnx.Save(_host, _table, _columns, Output, ctx);

    private DataViewSchema Output => RowToRowMapperTransform.GetOutputSchema(_schema, this);

    private ValueGetter<VBuffer<float>> Getter(DataViewRow row)
    {
        (int Size, SlotWriter Write)[] writers =
            [.. _table.Columns.Zip(_columns, (column, found) => (column.Size, column.Open(row, found)))];
        int size = _table.Size;
        return (ref VBuffer<float> vector) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref vector, size);
            int first = 0;
            foreach ((int count, SlotWriter write) in writers)
            {
                write(editor.Values.Slice(first, count));
                first += count;
            }
            vector = editor.Commit();
        };
    }
}
