using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders;

/// <summary>Encodes rows as a whole model takes them. Made by
/// <see cref="AutoencoderCatalogExtensions.CreateEncoder"/>.</summary>
/// <remarks>
/// Safe to use from several threads at once, and one is enough for all: each call under way has its own prediction
/// engine, which is kept for the next one. The stages of the model up to the autoencoder are run, each row through all
/// of them; what comes after the autoencoder is not, so the code is as the autoencoder gives it, whatever its
/// <see cref="AutoencoderTransformer.Output"/> is. Does not own the model.
/// <para>The earlier stages are not undone: what <see cref="AutoencoderTransformer.Decode(float[], string?)"/>,
/// <c>Reconstruct</c>, <c>Sample</c> and similar methods give is in the units of
/// <see cref="AutoencoderTransformer.InputColumnName"/>: after a normalizer, in the normalizer's. Scaling inside the
/// autoencoder (the option <c>Scaling</c>) is undone.</para>
/// </remarks>
/// <typeparam name="TRow">A class with the columns that these stages read, as for a
/// <c>PredictionEngine</c>.</typeparam>
public sealed class RowEncoder<TRow> : IDisposable
    where TRow : class
{
    private readonly ModelOperationsCatalog _catalog;
    private readonly IHost _host;
    private readonly TransformerChain<ITransformer> _stages;
    private readonly string _codeName;
    private readonly SchemaDefinition _definition;
    private readonly VectorLengths<TRow> _lengths;
    private readonly PredictionEngineOptions _options;
    private readonly ConcurrentBag<PredictionEngine<TRow, CodedRow>> _engines = [];
    private readonly Lock _making = new();
    private volatile bool _disposed;

    internal RowEncoder(ModelOperationsCatalog catalog, ITransformer[] stages, AutoencoderTransformer autoencoder,
        SchemaDefinition? definition)
    {
        _catalog = catalog;
        _host = CatalogUtils.GetEnvironment(catalog).Register(nameof(RowEncoder<>));
        _stages = new TransformerChain<ITransformer>(stages);
        Autoencoder = autoencoder;
        _codeName = autoencoder.OutputColumnName;
        _definition = definition ?? SchemaDefinition.Create(typeof(TRow));
        SchemaDefinition coded = SchemaDefinition.Create(typeof(CodedRow));
        coded[nameof(CodedRow.Code)].ColumnName = _codeName;
        _options = new PredictionEngineOptions
        {
            InputSchemaDefinition = _definition,
            OutputSchemaDefinition = coded,
            IgnoreMissingColumns = false,
            OwnsTransformer = false,
        };
        DataViewSchema input = View([]).Schema;
        IRowToRowMapper mapper = ((ITransformer)_stages).GetRowToRowMapper(input);
        DataViewSchema.Column[] needed = [.. mapper.GetDependencies([mapper.OutputSchema[_codeName]])];
        InputColumnNames = [.. needed.Select(column => column.Name)];
        _lengths = new VectorLengths<TRow>(_definition, needed);
        _engines.Add(NewEngine());
    }

    /// <summary>The autoencoder that encodes, which can decode the codes. It belongs to the model.</summary>
    public AutoencoderTransformer Autoencoder { get; }

    /// <summary>The columns of a row that its code depends on.</summary>
    public IReadOnlyList<string> InputColumnNames { get; }

    /// <summary>The code of a row.</summary>
    /// <param name="row">A row as the first stage of the model takes it.</param>
    /// <returns><see cref="AutoencoderTransformer.CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    /// <exception cref="ArgumentException">A vector of the row has another length.</exception>
    /// <exception cref="InvalidOperationException">The label of a condition is missing or unknown.</exception>
    /// <exception cref="ObjectDisposedException">The encoder or the model was disposed.</exception>
    public float[] Encode(TRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        ObjectDisposedException.ThrowIf(_disposed, this);
        _lengths.Require(row, nameof(row));
        PredictionEngine<TRow, CodedRow> engine =
            _engines.TryTake(out PredictionEngine<TRow, CodedRow>? free) ? free : NewEngine();
        float[] code;
        try
        {
            code = engine.Predict(row).Code;
        }
        catch
        {
            engine.Dispose(); // the state that stages of others are left in is unknown
            throw;
        }
        _engines.Add(engine);
        if (_disposed)
            DisposeEngines();
        return code;
    }

    /// <summary>The codes of rows, computed a batch at a time: faster than one by one.</summary>
    /// <param name="rows">Rows as the first stage of the model takes them.</param>
    /// <returns>For each of them <see cref="AutoencoderTransformer.CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentNullException">There are no rows, or one is null.</exception>
    /// <inheritdoc cref="Encode(TRow)" path="/exception[@cref != 'T:System.ArgumentNullException']"/>
    public float[][] Encode(IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (TRow row in rows)
        {
            ArgumentNullException.ThrowIfNull(row, nameof(rows));
            _lengths.Require(row, nameof(rows));
        }
        IDataView coded;
        lock (_making)
            coded = _stages.Transform(View(rows));
        return [.. coded.GetColumn<float[]>(_codeName)];
    }

    /// <summary>Frees what calls have kept. The model stays as it is.</summary>
    public void Dispose()
    {
        _disposed = true;
        DisposeEngines();
    }

    private DataViewConstructionUtils.StreamingDataView<TRow> View(IEnumerable<TRow> rows) =>
        DataViewConstructionUtils.CreateFromEnumerable(_host, rows, _definition);

    private PredictionEngine<TRow, CodedRow> NewEngine()
    {
        // The context draws a seed for each, and its generator is for one thread at a time.
        lock (_making)
            return _catalog.CreatePredictionEngine<TRow, CodedRow>(_stages, _options);
    }

    private void DisposeEngines()
    {
        while (_engines.TryTake(out PredictionEngine<TRow, CodedRow>? engine))
            engine.Dispose();
    }

    /// <summary>The output of an engine.</summary>
    private sealed class CodedRow
    {
        public float[] Code { get; set; } = [];
    }
}
