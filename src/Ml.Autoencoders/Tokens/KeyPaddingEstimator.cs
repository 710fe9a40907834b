using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tokens;

namespace Ml.Autoencoders;

/// <summary>Pads or cuts sequences of keys to one length. Made by
/// <see cref="Microsoft.ML.TokenCatalogExtensions"/>.</summary>
/// <remarks>Immutable; one estimator can be fitted any number of times.</remarks>
public sealed class KeyPaddingEstimator : IEstimator<KeyPaddingTransformer>
{
    private readonly IHost _host;
    private readonly KeyPaddingDescription _description;
    private readonly bool _isLengthGiven;

    /// <param name="environment">The host of the fit.</param>
    /// <param name="description">What is known before the fit.</param>
    /// <param name="isLengthGiven">Whether the length is among that.</param>
    internal KeyPaddingEstimator(IHostEnvironment environment, KeyPaddingDescription description, bool isLengthGiven)
    {
        _description = description;
        _isLengthGiven = isLengthGiven;
        _host = environment.Register(nameof(KeyPaddingEstimator));
    }

    /// <summary>The columns that the fitted transformer will have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or not a vector of keys.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        SchemaShape.Column input = KeySequences.Find(_host, inputSchema, _description.Input);
        IEnumerable<SchemaShape.Column> kept = input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues,
            out SchemaShape.Column names) ? [names] : [];
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name,
            StringComparer.Ordinal);
        columns[_description.Output] = new(_description.Output, SchemaShape.Column.VectorKind.Vector, input.ItemType,
            isKey: true, new SchemaShape(kept));
        return new SchemaShape(columns.Values);
    }

    /// <summary>Finds the column. Rows are read only where no length is given and the column has none, in one
    /// pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or not a vector of keys.</exception>
    /// <exception cref="InvalidOperationException">No length is given, and no row has a key, or one has more than
    /// 16,777,216 of them.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled.</exception>
    public KeyPaddingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        KeySequences.Find(_host, input.Schema, _description.Input);
        return new KeyPaddingTransformer(_host, _isLengthGiven ? _description
            : _description with { Length = LongestSequence.Find(_host, input, _description.Input) });
    }
}
