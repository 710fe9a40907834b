using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Scoring;

/// <summary>A mapping tied to an input schema: the input's columns, followed by the mapping's.</summary>
internal sealed class MappedSchema
{
    public MappedSchema(IExceptionContext context, VectorMapping mapping, DataViewSchema input)
    {
        Input = input;
        InputColumn = Columns.InputColumn.Find(context, input, mapping.InputName, Columns.InputColumn.InputRole,
            mayBeKeys: true, mapping.Sizes);
        TokenColumn.Require(context, InputColumn, mapping.InputTokens, mapping.InputKeyNames);
        Mapping = mapping = mapping.ForSize(((VectorDataViewType)InputColumn.Type).Size);
        if (mapping.InputImage is { } image)
            ImageColumn.Require(context, InputColumn, image);
        if (mapping.InputSequence is { } sequence)
            SequenceColumn.Require(context, InputColumn, sequence);
        Label = mapping.LabelName is { } label
            ? LabelColumn.Find(context, input, label, mapping.Condition!.Labels) : null;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        uint scoreSet = input.GetMaxAnnotationKind(out _, AnnotationUtils.Kinds.ScoreColumnSetId) + 1;
        foreach (OutputColumn output in mapping.Outputs)
            output.AddTo(builder, InputColumn, scoreSet);
        Output = builder.ToSchema();
    }

    public VectorMapping Mapping { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The column that the mapping reads.</summary>
    public DataViewSchema.Column InputColumn { get; }

    /// <summary>The key column that conditions it, where there is one.</summary>
    public LabelColumn? Label { get; }

    /// <summary>Checks the first rows that are read; null where that is not needed.</summary>
    public InputWatch? Watch { get; init; }

    /// <summary>Whether the stage that wrote the column in the fit did not write that of the view.</summary>
    public bool LacksStage { get; init; }

    /// <summary>
    /// Which of the mapping's outputs a column of <see cref="Output"/> is; null for one that passes through.
    /// </summary>
    public int? OutputIndex(int column) => column < Input.Count ? null : column - Input.Count;

    /// <summary>Which of the mapping's outputs are among the columns.</summary>
    public bool[] WantedOutputs(IEnumerable<DataViewSchema.Column> columns)
    {
        var wanted = new bool[Mapping.Outputs.Count];
        foreach (DataViewSchema.Column column in columns)
        {
            if (OutputIndex(column.Index) is { } output)
                wanted[output] = true;
        }
        return wanted;
    }

    /// <summary>The input columns that are needed for columns of <see cref="Output"/>.</summary>
    public IReadOnlyList<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in columns)
        {
            if (OutputIndex(column.Index) is null)
            {
                needed.Add(column.Index);
                continue;
            }
            needed.Add(InputColumn.Index);
            if (Label is not null)
                needed.Add(Label.Column.Index);
        }
        return [.. needed.Select(index => Input[index])];
    }
}
