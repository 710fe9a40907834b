using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Windows;

namespace Ml.Autoencoders;

/// <summary>Makes windows of the rows of a series: each row gets one of the last T rows of its group, itself the last.
/// Made by <see cref="Microsoft.ML.SlidingWindowCatalogExtensions"/>.</summary>
/// <remarks>Immutable; one estimator can be fitted any number of times.</remarks>
public sealed class SlidingWindowEstimator : IEstimator<SlidingWindowTransformer>
{
    private readonly IHost _host;
    private readonly WindowNames _names;

    internal SlidingWindowEstimator(IHostEnvironment environment, WindowNames names)
    {
        names.Check();
        _names = names;
        _host = environment.Register(nameof(SlidingWindowEstimator));
    }

    private SlidingWindowOptions Options => _names.Options;

    /// <summary>The columns that the fitted transformer will have.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or the option of the longest gap is
    /// for times of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        foreach (string input in _names.Inputs)
            SeriesColumns.RequireNumbers(_host, inputSchema, input);
        if (Options.GroupColumnName is { } group)
            GroupColumn.Require(_host, inputSchema, group);
        if (Options.TimeColumnName is not null)
            SeriesColumns.RequireTime(_host, inputSchema, Options);
        var slotNames = new SchemaShape.Column(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector,
            TextDataViewType.Instance, isKey: false);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name,
            StringComparer.Ordinal);
        columns[_names.Output] = new(_names.Output, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single,
            isKey: false, new SchemaShape([slotNames, .. WindowColumn.Promise(
                hasGroup: Options.GroupColumnName is not null, hasTime: Options.TimeColumnName is not null)]));
        return new SchemaShape(columns.Values);
    }

    /// <summary>Finds the columns. Rows are read only where <see cref="SlidingWindowOptions.Length"/> is null, at most
    /// 20,000 of them.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, the option of the longest gap is for
    /// times of another type, or a window would have too many numbers.</exception>
    /// <exception cref="InvalidOperationException">The rows are shuffled, or out of order.</exception>
    public SlidingWindowTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        SeriesColumns.RequireOrder(_host, input, _names.Output);
        WindowDescription description = Describe(input.Schema);
        description.Check(nameof(SlidingWindowOptions));
        if (Options.Length is null)
        {
            description = description with { Length = WindowLength.Find(_host, input, description) };
            description.Check(nameof(SlidingWindowOptions));
        }
        return new SlidingWindowTransformer(_host, description);
    }

    /// <summary>With a length of 1 where none is given.</summary>
    private WindowDescription Describe(DataViewSchema schema)
    {
        WindowInput[] inputs = [.. _names.Inputs.Select(name =>
            new WindowInput(name, SeriesColumns.Numbers(_host, schema, name).Size))];
        GroupColumn? group = Options.GroupColumnName is { } groupName
            ? new(groupName, GroupColumn.Find(_host, schema, groupName).Kind) : null;
        TimeColumn? time = Options.TimeColumnName is { } timeName
            ? new(timeName, SeriesColumns.Time(_host, schema, timeName).Kind) : null;
        if (time is not null)
            SeriesColumns.RequireGap(_host, time, Options);
        return new(WindowDescription.CurrentVersion, _names.Output, inputs, Options.Length ?? 1, Options.MaxGroups)
        {
            Group = group,
            Time = time,
            MaxGapTicks = Options.MaxGap?.Ticks,
            MaxNumericGap = Options.MaxNumericGap,
            Start = Options.Start,
        };
    }
}
