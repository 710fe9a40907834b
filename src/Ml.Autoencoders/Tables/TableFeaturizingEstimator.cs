using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tables;

namespace Ml.Autoencoders;

/// <summary>Makes one vector of the columns of a table. Made by
/// <see cref="Microsoft.ML.TableCatalogExtensions"/>.</summary>
/// <remarks>Immutable; one estimator can be fitted any number of times.</remarks>
public sealed class TableFeaturizingEstimator : IEstimator<TableFeaturizingTransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly EqualList<string> _inputs;
    private readonly TableFeaturizingOptions _options;

    internal TableFeaturizingEstimator(IHostEnvironment environment, string output, IReadOnlyList<string> inputs,
        TableFeaturizingOptions options)
    {
        _output = output;
        _inputs = new EqualList<string>(inputs);
        _options = options;
        _host = environment.Register(nameof(TableFeaturizingEstimator));
    }

    /// <summary>The columns that the fitted transformer will have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that is not taken.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        bool hasCategories = false;
        foreach (string name in _inputs)
        {
            if (!inputSchema.TryFindColumn(name, out SchemaShape.Column column))
                throw InputColumn.Missing(_host, InputColumn.InputRole, name, inputSchema.Select(other => other.Name));
            var type = TableColumnType.Of(_host, column);
            hasCategories |= TableFit.HoldsCategories(_host, type, name, _options) || type.Kind == DataKind.Boolean
                || column.Annotations.TryFindColumn(CategoricalSlots.Annotation, out _);
        }
        var slotNames = new SchemaShape.Column(AnnotationUtils.Kinds.SlotNames, SchemaShape.Column.VectorKind.Vector,
            TextDataViewType.Instance, isKey: false);
        var ranges = new SchemaShape.Column(CategoricalSlots.Annotation, SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Int32, isKey: false);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name,
            StringComparer.Ordinal);
        columns[_output] = new SchemaShape.Column(_output, SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single, isKey: false,
            new SchemaShape(hasCategories ? [slotNames, ranges] : [slotNames]));
        return new SchemaShape(columns.Values);
    }

    /// <summary>Finds the values that get a slot. Reads the columns that hold categories once, and no rows where there
    /// are none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that is not taken.</exception>
    /// <exception cref="InvalidOperationException">There are no rows; a column of categories is missing in all of them,
    /// or has more than 1,000,000 different values; the vector would have more than 16,777,216 numbers; or
    /// <see cref="TableFeaturizingOptions.CategoryColumns"/> lists a vector or a Boolean.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled.</exception>
    public TableFeaturizingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new TableFeaturizingTransformer(_host, TableFit.Run(_host, input, _output, _inputs, _options));
    }
}
