using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Windows;

/// <summary>Windows tied to an input schema: the input's columns, followed by that of the windows.</summary>
internal sealed class WindowSchema
{
    public WindowSchema(IExceptionContext context, WindowDescription description, DataViewSchema input)
    {
        Description = description;
        Input = input;
        Numbers = [.. description.Inputs.Select(column => SeriesColumns.Numbers(context, input, column))];
        Group = description.Group is { } group ? group.In(context, input) : null;
        Time = description.Time is { } time ? SeriesColumns.Time(context, input, time) : null;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(description.Output,
            new VectorDataViewType(NumberDataViewType.Single, description.Length, description.Channels),
            Annotations());
        Output = builder.ToSchema();
    }

    public WindowDescription Description { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The columns that windows are made of.</summary>
    public IReadOnlyList<DataViewSchema.Column> Numbers { get; }

    public DataViewSchema.Column? Group { get; }

    public DataViewSchema.Column? Time { get; }

    /// <summary>Whether a column of <see cref="Output"/> is that of the windows.</summary>
    public bool IsWindow(int column) => column == Input.Count;

    /// <summary>The input columns that are needed for columns of <see cref="Output"/>.</summary>
    public IReadOnlyList<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in columns)
        {
            if (IsWindow(column.Index))
                needed.UnionWith(Read().Select(read => read.Index));
            else
                needed.Add(column.Index);
        }
        return [.. needed.Select(index => Input[index])];
    }

    private IEnumerable<DataViewSchema.Column> Read()
    {
        IEnumerable<DataViewSchema.Column> read = Numbers;
        if (Group is { } group)
            read = read.Append(group);
        return Time is { } time ? read.Append(time) : read;
    }

    private DataViewSchema.Annotations Annotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddSlotNames(Description.Size, (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            VBufferEditor<ReadOnlyMemory<char>> editor =
                VBufferEditor.Create(ref value, Description.Size);
            NameSlots(editor.Values);
            value = editor.Commit();
        });
        Description.Column.AddTo(annotations);
        return annotations.ToAnnotations();
    }

    /// <summary><c>Pressure[-59]</c>, <c>Flow[-59]</c>, <c>Pressure[-58]</c>, ..., <c>Flow[0]</c>.</summary>
    private void NameSlots(Span<ReadOnlyMemory<char>> slots)
    {
        string[] channels = [.. Numbers.SelectMany(ChannelNames)];
        for (int slot = 0; slot < slots.Length; slot++)
        {
            int step = slot / channels.Length - (Description.Length - 1);
            slots[slot] = string.Create(CultureInfo.InvariantCulture,
                $"{channels[slot % channels.Length]}[{step}]").AsMemory();
        }
    }

    /// <summary>The name of a scalar column, and the slot names of a vector; <c>Features.3</c> for a slot without a
    /// name.</summary>
    private static IEnumerable<string> ChannelNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: var size })
            return [column.Name];
        SlotNames names = SlotNames.Of(column);
        return Enumerable.Range(0, size).Select(i =>
            names[i]?.ToString() ?? string.Create(CultureInfo.InvariantCulture, $"{column.Name}.{i}"));
    }
}
