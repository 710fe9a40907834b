using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Scoring;

[assembly: LoadableClass(typeof(AutoencoderTransformer), null, typeof(SignatureLoadModel),
    "Autoencoder", AutoencoderTransformer.LoaderSignature)]

namespace Ml.Autoencoders;

/// <summary>A trained autoencoder: a stage of a pipeline, which also encodes and decodes outside of one.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads at once. Holds native memory until it is disposed; a disposed one,
/// and data views and prediction engines made from it, throw <see cref="ObjectDisposedException"/>, while computations
/// under way are finished. Disposing a chain, or a prediction engine that owns its model (the default), disposes it
/// too. A row that holds a missing value (NaN) gives missing values, unless
/// <see cref="AutoencoderModelOptions.MissingValues"/> left them out in the fit; other rows are not affected by it.
/// </remarks>
public sealed partial class AutoencoderTransformer : ITransformer, IDisposable
{
    internal const string LoaderSignature = "MlAutoencoder";

    private readonly IHost _host;
    private readonly ModelDescription _description;
    private readonly AutoencoderModel _model;
    private readonly ScoringMapping _mapping;

    /// <summary>To codes, and no other column where the stage's own holds something else.</summary>
    private readonly ScoringMapping _codes;

    /// <summary>To hidden activations, once somebody has asked for them.</summary>
    private readonly Lazy<ScoringMapping> _hidden;
    private readonly InputWatch _watch;
    private AutoencoderTokens? _tokens;

    internal AutoencoderTransformer(IHostEnvironment environment, ModelDescription description, AutoencoderModel model)
    {
        _host = environment.Register($"{description.Model.Family}Autoencoder");
        _description = description;
        _model = model;
        _mapping = new ScoringMapping(model, description.Columns, description.Seed);
        _codes = Output == StageOutput.Code
            ? _mapping : new ScoringMapping(model, Only(OutputColumnName, null), description.Seed);
        // What fails is not kept.
        _hidden = new(() => ToHidden(ColumnNames.DefaultHidden), LazyThreadSafetyMode.PublicationOnly);
        _watch = new InputWatch(_host, InputColumnName, description.Watched);
        Summary = new NetworkSummary(description.Model.Network);
    }

    /// <summary>The model that computes.</summary>
    internal AutoencoderModel Model => _model;

    /// <summary>The column that is encoded.</summary>
    public string InputColumnName => _description.Columns.Input;

    /// <summary>The stage that wrote <see cref="InputColumnName"/> in the fit, by the name of its class
    /// (<c>NormalizingTransformer</c>); null where the column comes from the data itself, or where a cache hides what
    /// wrote it.</summary>
    /// <remarks>Calls on this transformer alone do not run that stage: arrays and data views have to hold what it
    /// writes. <see cref="Microsoft.ML.AutoencoderCatalogExtensions.CreateEncoder"/> encodes rows as the whole
    /// model takes them.</remarks>
    public string? InputColumnStage => _description.TrainedInput?.Stage;

    /// <summary>The column of the codes, or of what <see cref="Output"/> says.</summary>
    public string OutputColumnName => _description.Columns.Code!;

    /// <summary>What <see cref="OutputColumnName"/> holds.</summary>
    public StageOutput Output => _description.Columns.Output;

    /// <summary>The column of the hidden activations, where there is one.</summary>
    public string? HiddenColumnName => _description.Columns.Hidden;

    /// <summary>The column of the reconstructions, where there is one.</summary>
    public string? ReconstructionColumnName => _description.Columns.Reconstruction;

    /// <summary>The column of the rows with their gaps filled, where there is one.</summary>
    public string? ImputedColumnName => _description.Columns.Imputed;

    /// <summary>The column of the reconstruction errors, where there is one.</summary>
    public string? ErrorColumnName => _description.Columns.Error;

    /// <summary>The column of the reconstruction error of each slot, where there is one.</summary>
    public string? FeatureErrorsColumnName => _description.Columns.FeatureErrors;

    /// <summary>The column of the same by column of the table, where there is one.</summary>
    public string? ColumnErrorsColumnName => _description.Columns.ColumnErrors;

    /// <summary>
    /// The column that the fit read to reconstruct, where that was not the one that is encoded.
    /// </summary>
    public string? TargetColumnName => _description.Columns.Target;

    /// <summary>The key column that conditions encoder and decoder, where there is one.</summary>
    public string? ConditionColumnName => _description.Columns.Condition;

    /// <summary>
    /// The labels that the training rows had, in the order of the key's values; empty where there is no condition.
    /// </summary>
    public IReadOnlyList<string> Conditions => _model.Definition.Condition is { } condition
        ? [.. condition.Labels.Where((_, i) => condition.Knows(i))]
        : [];

    /// <summary>The distribution that the codes are trained to have; null for a family that has no prior.</summary>
    public CodePrior? Prior => _model.Definition.Objective.Prior;

    /// <summary>Whether <see cref="InputColumnName"/> is a vector of keys, whose rows <see cref="Tokens"/> takes and
    /// gives.</summary>
    public bool TakesKeys => _model.Definition.Network.Tokens is not null;

    /// <summary>What an autoencoder of keys does with rows outside of a pipeline, instead of the methods here that take
    /// or give rows of numbers.</summary>
    /// <exception cref="InvalidOperationException">The input column holds numbers.</exception>
    public AutoencoderTokens Tokens => TakesKeys ? _tokens ??= new AutoencoderTokens(_host, this, _model)
        : throw new InvalidOperationException($"Column '{InputColumnName}' holds numbers, and no keys: {ToString()}.");

    /// <summary>Numbers in a row that is encoded, D.</summary>
    public int InputSize => _model.InputSize;

    /// <summary>
    /// Numbers in a reconstruction, D': as many as in a row, except for pictures that are enlarged and a
    /// target column of another size.
    /// </summary>
    public int OutputSize => _model.OutputSize;

    /// <summary>Numbers in a code, Z.</summary>
    public int CodeSize => _model.CodeSize;

    /// <summary>Hidden activations of a row, H; 0 where the encoder has no hidden layer.</summary>
    public int HiddenSize => (int)_model.Definition.Network.Encoder.HiddenSize;

    /// <summary>The epochs of the fit, in order, with their losses. Saved with the model.</summary>
    public IReadOnlyList<TrainingEpoch> History => _description.History;

    /// <summary>The layers, their shapes and the numbers that they learned.</summary>
    public NetworkSummary Summary { get; }

    /// <summary>The device that computes, as torch names it: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public string Device => _model.Device.ToString();

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The input's columns and, after them, the codes' and any others that are named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, of another type or of
    /// another size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>
    /// Adds the columns to a data view. Rows are encoded when they are read, a batch at a time: a cursor reads
    /// ahead in its source, from 16 rows at first up to 128 (512 on a GPU), and from the third batch on several
    /// batches while its rows are read.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, of another type or of
    /// another size.</exception>
    public IDataView Transform(IDataView input) => View(input, _mapping);

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        new RowMapper(_host, Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        _host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version());
        using AutoencoderModel.Lease lease = _model.Use();
        ModelArchive.Write(ctx, _description, _model);
    }

    /// <summary>A description in one line: <c>Denoising autoencoder: Pixels (784) to Code (32) on cpu</c>, or <c>Pixels
    /// (784, written by ImagePixelExtractingTransformer)</c> where another stage wrote its input in the fit.</summary>
    public override string ToString() =>
        $"{_description.Model.Family} autoencoder: {InputColumnName} ({InputSize}{WrittenBy(InputColumnStage)}) " +
        $"to {OutputColumnName} ({_mapping.Outputs[0].Size}{Held}) on {Device}";

    /// <summary>Frees the native memory, once computations under way are done.</summary>
    public void Dispose() => _model.Dispose();

    /// <summary>One with the same model whose output column holds codes. It is not disposed by itself.</summary>
    internal AutoencoderTransformer WritingCodes() => Output == StageOutput.Code
        ? this
        : new(_host, _description with { Columns = _description.Columns with { Output = StageOutput.Code } }, _model);

    /// <summary>Called by ML.NET's loader, which finds it by its name and parameters.</summary>
    internal static AutoencoderTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        MlNetMembers.Require();
        return Read(env, ctx);
    }

    private static AutoencoderTransformer Read(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        using IChannel channel = env.Start("Loading");
        (ModelDescription description, AutoencoderModel model) = ModelArchive.Read(env, ctx,
            HostDevice.Resolve(env, channel));
        if (description.Detection is not null)
        {
            model.Dispose();
            throw env.ExceptDecode(
                "The autoencoder in the model file is an anomaly detector, not a stage that encodes.");
        }
        channel.Info($"{description.Model.Family} autoencoder on {model.Device}.");
        return new AutoencoderTransformer(env, description, model);
    }

    private static VersionInfo Version() => new(
        modelSignature: "MLAUTOEN",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: ModelArchive.LoaderAssembly);

    private string Held => Output.Hidden is { } hidden ? $", {hidden} activations" : "";

    /// <summary>What a description adds to the input column.</summary>
    internal static string WrittenBy(string? stage) => stage is null ? "" : $", written by {stage}";

    /// <summary>The index of a label; null where there is neither condition nor label.</summary>
    /// <exception cref="ArgumentException">A label is missing, superfluous or unknown.</exception>
    private long? LabelIndex(string? condition) =>
        GivenLabel.IndexOf(condition, _model.Definition.Condition, ConditionColumnName);

    private MappedSchema Bind(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        _model.RequireAlive();
        var schema = new MappedSchema(_host, _mapping, inputSchema) { Watch = _watch };
        _watch.Look(schema.InputColumn);
        return schema;
    }

    private MappedView View(IDataView input, VectorMapping mapping)
    {
        _host.CheckValue(input, nameof(input));
        _model.RequireAlive();
        bool readsRows = mapping is not DecodingMapping;
        var schema = new MappedSchema(_host, mapping, input.Schema)
        {
            Watch = readsRows ? _watch : null,
            LacksStage = readsRows && _watch.LacksStage(input),
        };
        if (readsRows)
            _watch.Look(schema.InputColumn);
        return new MappedView(_host, input, schema, nameof(AutoencoderTransformer));
    }
}
