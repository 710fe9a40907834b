using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders;

/// <content>Encoding and decoding outside of a pipeline, and weights as files.</content>
[SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters",
    Justification = "A condition is given for one row, many rows or a data view: no call fits two of them.")]
public sealed partial class AutoencoderTransformer
{
    /// <summary>The code of a row.</summary>
    /// <remarks>Takes numbers as they are in <see cref="InputColumnName"/> where this stage reads it. Stages before it
    /// in a pipeline are not run: give what <see cref="InputColumnStage"/> writes, normalized numbers for example.
    /// <see cref="Microsoft.ML.AutoencoderCatalogExtensions.CreateEncoder"/> takes rows as the whole model does. Rows
    /// far outside of those of the fit are reported in the log, once.</remarks>
    /// <param name="row"><see cref="InputSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns><see cref="CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    /// <exception cref="ArgumentException">The row has another length, or the condition is
    /// missing, superfluous or unknown.</exception>
    public float[] Encode(float[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Encode([row], condition)[0];
    }

    /// <summary>
    /// The codes of rows, computed a batch at a time; for a conditioned autoencoder, of rows that all have one label.
    /// Rows with different labels are encoded as a data view.
    /// </summary>
    /// <inheritdoc cref="Encode(float[], string?)" path="/remarks"/>
    /// <param name="rows">Each <see cref="InputSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>Each <see cref="CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">A row has another length, or the condition is missing,
    /// superfluous or unknown.</exception>
    public float[][] Encode(IReadOnlyList<float[]> rows, string? condition = null)
    {
        RequireNumbers(nameof(Encode));
        return EncodeRows(rows, condition);
    }

    /// <summary>The codes of rows of numbers, or of keys as numbers.</summary>
    internal float[][] EncodeRows(IReadOnlyList<float[]> rows, string? condition) =>
        MapRows(_codes, rows, condition, 0);

    /// <summary>A data view with the code column added, and no other column of the transformer. It has the name
    /// <see cref="OutputColumnName"/>, and holds codes whatever <see cref="Output"/> is.</summary>
    /// <inheritdoc cref="Encode(float[], string?)" path="/remarks"/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, of another type or of
    /// another size.</exception>
    public IDataView Encode(IDataView data) =>
        View(data, new ScoringMapping(_model, Only(OutputColumnName, null), _description.Seed));

    /// <summary>The hidden activations of a row: what each activation layer of the encoder gives, side by side, as in
    /// the column of <see cref="AutoencoderOptions.HiddenColumnName"/>; the model needs no such column.</summary>
    /// <inheritdoc cref="Encode(float[], string?)" path="/remarks"/>
    /// <param name="row"><see cref="InputSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns><see cref="HiddenSize"/> numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    /// <exception cref="ArgumentException">The row has another length, or the condition is
    /// missing, superfluous or unknown.</exception>
    /// <exception cref="InvalidOperationException">The encoder has no hidden layer.</exception>
    public float[] EncodeHidden(float[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        return EncodeHidden([row], condition)[0];
    }

    /// <summary>
    /// The hidden activations of rows, computed a batch at a time; for a conditioned autoencoder, of rows that all have
    /// one label. Those of rows with different labels are computed as a data view.
    /// </summary>
    /// <inheritdoc cref="Encode(float[], string?)" path="/remarks"/>
    /// <param name="rows">Each <see cref="InputSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>Each <see cref="HiddenSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">A row has another length, or the condition is missing,
    /// superfluous or unknown.</exception>
    /// <exception cref="InvalidOperationException">The encoder has no hidden layer.</exception>
    public float[][] EncodeHidden(IReadOnlyList<float[]> rows, string? condition = null)
    {
        RequireNumbers(nameof(EncodeHidden));
        return MapRows(_hidden.Value, rows, condition, 0);
    }

    /// <summary>A data view with the column of hidden activations added, and no other column of the
    /// transformer.</summary>
    /// <inheritdoc cref="Encode(float[], string?)" path="/remarks"/>
    /// <param name="data">A data view with the input column, and the condition's where there is one.</param>
    /// <param name="outputColumnName">The column to add.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, of another type or of
    /// another size.</exception>
    /// <exception cref="InvalidOperationException">The encoder has no hidden layer.</exception>
    public IDataView EncodeHidden(IDataView data, string outputColumnName = ColumnNames.DefaultHidden)
    {
        Require.ColumnName(outputColumnName, nameof(EncodeHidden), nameof(outputColumnName));
        return View(data, ToHidden(outputColumnName));
    }

    /// <summary>The row that a code stands for.</summary>
    /// <remarks>In the units of <see cref="InputColumnName"/> (of the target column where there is one):
    /// after a normalizer, in the normalizer's, which cannot be undone here. The autoencoder's
    /// <c>Scaling</c> is undone.</remarks>
    /// <param name="code"><see cref="CodeSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns><see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    /// <exception cref="ArgumentException">The code has another length, or the condition is
    /// missing, superfluous or unknown.</exception>
    public float[] Decode(float[] code, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Decode([code], condition)[0];
    }

    /// <summary>
    /// The rows that codes stand for, computed a batch at a time; for a conditioned autoencoder, rows of one label.
    /// Codes with different labels are decoded as a data view.
    /// </summary>
    /// <inheritdoc cref="Decode(float[], string?)" path="/remarks"/>
    /// <param name="codes">Each <see cref="CodeSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>Each <see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">A code has another length, or the condition is missing,
    /// superfluous or unknown.</exception>
    public float[][] Decode(IReadOnlyList<float[]> codes, string? condition = null)
    {
        RequireNumbers(nameof(Decode));
        return DecodeRows(codes, condition);
    }

    /// <summary>A data view with the rows that its codes stand for.</summary>
    /// <inheritdoc cref="Decode(float[], string?)" path="/remarks"/>
    /// <param name="codes">A data view with a column of codes.</param>
    /// <param name="outputColumnName">The column to add.</param>
    /// <param name="codeColumnName">The column of codes. Default: <see cref="OutputColumnName"/>, as
    /// <see cref="Encode(IDataView)"/> writes it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code column is missing, of another type or of
    /// another size.</exception>
    /// <exception cref="ArgumentException">The column holds hidden activations that this transformer
    /// wrote.</exception>
    public IDataView Decode(IDataView codes, string outputColumnName = ColumnNames.DefaultReconstruction,
        string? codeColumnName = null)
    {
        Require.ColumnName(outputColumnName, nameof(Decode), nameof(outputColumnName));
        string codeColumn = codeColumnName ?? OutputColumnName;
        if (codes?.Schema.GetColumnOrNull(codeColumn) is { } column && _mapping.Outputs.Any(own => own.Wrote(column)))
        {
            throw new ArgumentException($"Column '{codeColumn}' holds hidden activations, from which rows cannot be " +
                "decoded. Give a column of codes, as Encode adds it.", nameof(codeColumnName));
        }
        return View(codes!, new DecodingMapping(_model, codeColumn, ConditionColumnName, outputColumnName));
    }

    /// <summary>The row that the code of a row stands for.</summary>
    /// <remarks>Takes and gives numbers as they are in <see cref="InputColumnName"/> where this stage reads it. Stages
    /// before it in a pipeline are not run: give what <see cref="InputColumnStage"/> writes, normalized numbers for
    /// example. Rows far outside of those of the fit are reported in the log, once.</remarks>
    /// <param name="row"><see cref="InputSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns><see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="row"/> is null.</exception>
    /// <exception cref="ArgumentException">The row has another length, or the condition is
    /// missing, superfluous or unknown.</exception>
    public float[] Reconstruct(float[] row, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Reconstruct([row], condition)[0];
    }

    /// <summary>
    /// The rows that the codes of rows stand for, computed a batch at a time; for a conditioned autoencoder, of rows
    /// that all have one label. Rows with different labels are reconstructed as a data view.
    /// </summary>
    /// <inheritdoc cref="Reconstruct(float[], string?)" path="/remarks"/>
    /// <param name="rows">Each <see cref="InputSize"/> numbers.</param>
    /// <param name="condition">For an autoencoder with a condition, one of <see cref="Conditions"/>.</param>
    /// <returns>Each <see cref="OutputSize"/> numbers.</returns>
    /// <exception cref="ArgumentException">A row has another length, or the condition is missing,
    /// superfluous or unknown.</exception>
    public float[][] Reconstruct(IReadOnlyList<float[]> rows, string? condition = null)
    {
        RequireNumbers(nameof(Reconstruct));
        return MapRows(new ScoringMapping(_model, Only(OutputColumnName, ColumnNames.DefaultReconstruction),
            _description.Seed), rows, condition, 1);
    }

    /// <summary>A data view with the codes of its rows and the rows that these stand for.</summary>
    /// <inheritdoc cref="Reconstruct(float[], string?)" path="/remarks"/>
    /// <param name="data">A data view with the input column, and the condition's where there is one.</param>
    /// <param name="outputColumnName">The column to add for the reconstructions.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type or of
    /// another size.</exception>
    public IDataView Reconstruct(IDataView data, string outputColumnName = ColumnNames.DefaultReconstruction)
    {
        Require.ColumnName(outputColumnName, nameof(Reconstruct), nameof(outputColumnName));
        return View(data, new ScoringMapping(_model, Only(OutputColumnName, outputColumnName), _description.Seed));
    }

    /// <summary>
    /// Writes every number of the model as a safetensors file, whole or not at all: <c>encoder.0.weight</c> and so
    /// on, named and shaped as in two PyTorch <c>nn.Sequential</c>s, and <c>input.offset</c> and <c>input.scale</c>
    /// where inputs are scaled.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void SaveWeights(string path)
    {
        Require.Path(path, nameof(SaveWeights), nameof(path));
        using AutoencoderModel.Lease lease = _model.Use();
        AtomicFile.Write(path, stream => WeightsFile.Write(stream, _model));
    }

    /// <summary>This autoencoder with the numbers of a safetensors file. This one stays as it is.</summary>
    /// <param name="path">A file as <see cref="SaveWeights"/> writes it, from here or from Python.</param>
    /// <returns>A new transformer, to be disposed separately.</returns>
    /// <exception cref="FormatException">The file is damaged, or its tensors are not those of this network.</exception>
    /// <exception cref="IOException">The file cannot be read, or is not a regular file.</exception>
    public AutoencoderTransformer LoadWeights(string path)
    {
        Require.Path(path, nameof(LoadWeights), nameof(path));
        using AutoencoderModel.Lease lease = _model.Use();
        try
        {
            using FileStream stream = RegularFile.OpenRead(path);
            AutoencoderModel model = WeightsFile.Read(stream, _model.Definition, _model.Device);
            return new AutoencoderTransformer(_host, _description, model);
        }
        catch (FormatException error)
        {
            throw new FormatException($"'{path}' cannot be loaded. {error.Message}", error);
        }
    }

    /// <summary>The rows that codes stand for, of numbers or of keys as numbers. With room for two: a row that is made
    /// from a code has the bits that it has among others.</summary>
    internal float[][] DecodeRows(IReadOnlyList<float[]> codes, string? condition, KeyNoise? noise = null) =>
        ArrayMapping.Map(
            new DecodingMapping(_model, OutputColumnName, ConditionColumnName, ColumnNames.DefaultReconstruction,
                noise),
            codes, LabelIndex(condition), 0, nameof(codes), room: 2);

    /// <exception cref="InvalidOperationException">Rows are keys.</exception>
    private void RequireNumbers(string method)
    {
        if (TakesKeys)
            throw new InvalidOperationException($"Column '{InputColumnName}' holds keys, and {method} is about " +
                "rows of numbers. Use Tokens, or a data view.");
    }

    private float[][] MapRows(ScoringMapping mapping, IReadOnlyList<float[]> rows, string? condition, int output)
    {
        float[][] results = ArrayMapping.Map(mapping, rows, LabelIndex(condition), output, nameof(rows));
        _watch.Look(rows);
        return results;
    }

    private ScoringMapping ToHidden(string column) => _model.Definition.Network.Encoder.HiddenFault is { } fault
        ? throw new InvalidOperationException($"Hidden activations cannot be computed: {fault}")
        : new ScoringMapping(_model,
            new ColumnNames(InputColumnName, null) { Condition = ConditionColumnName, Hidden = column },
            _description.Seed);

    private ColumnNames Only(string code, string? reconstruction) =>
        new(InputColumnName, code, reconstruction) { Condition = ConditionColumnName };
}
