using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Scoring;

[assembly: LoadableClass(typeof(AutoencoderAnomalyTransformer), null, typeof(SignatureLoadModel),
    "Autoencoder anomaly detector", AutoencoderAnomalyTransformer.LoaderSignature)]

namespace Ml.Autoencoders;

/// <summary>
/// A trained anomaly detector. It writes the columns of ML.NET's own detectors: <c>Score</c>, a Single that is the
/// higher the more unusual a row is, and <c>PredictedLabel</c>, a Boolean that is true where the score is above
/// <see cref="Threshold"/>.
/// </summary>
/// <remarks>
/// The score is the row's reconstruction error, the distance of its code, or both
/// (<see cref="AutoencoderAnomalyOptions.Score"/>); that of a variational detector is its negative evidence lower bound
/// in nats, which may be negative. A row that holds a missing value (NaN) has the score NaN, and is not called an
/// anomaly, unless <see cref="AutoencoderModelOptions.MissingValues"/> left such values out in the fit, or other
/// windows that hold the row have a score (<see cref="AnomalyOptions.WindowScore"/>); one so extreme
/// that its score would be NaN has an infinite score. Immutable, safe to use from several threads at once, and holds
/// native memory until it is disposed, as <see cref="AutoencoderTransformer"/>.
/// </remarks>
public sealed partial class AutoencoderAnomalyTransformer : ITransformer, IDisposable
{
    internal const string LoaderSignature = "MlAutoencoderAnomaly";

    private readonly IHost _host;
    private readonly ModelDescription _description;
    private readonly AutoencoderModel _model;
    private readonly ScoringMapping _mapping;
    private readonly InputWatch _watch;

    internal AutoencoderAnomalyTransformer(IHostEnvironment environment, ModelDescription description,
        AutoencoderModel model)
    {
        _host = environment.Register($"{description.Model.Family}Autoencoder");
        _description = description;
        _model = model;
        _mapping = new ScoringMapping(model, description.Columns, description.Seed, Detection);
        _watch = new InputWatch(_host, FeatureColumnName, description.Watched);
        Summary = new NetworkSummary(description.Model.Network);
    }

    internal AutoencoderModel Model => _model;

    /// <summary>The column that is scored.</summary>
    public string FeatureColumnName => _description.Columns.Input;

    /// <summary>The stage that wrote <see cref="FeatureColumnName"/> in the fit, by the name of its class
    /// (<c>NormalizingTransformer</c>); null where the column comes from the data itself, or where a cache hides what
    /// wrote it.</summary>
    /// <remarks>A detector that was taken out of its model does not run that stage: data views have to hold what it
    /// writes.</remarks>
    public string? FeatureColumnStage => _description.TrainedInput?.Stage;

    /// <summary>A row with a score above it is called an anomaly.</summary>
    public float Threshold => Detection.Threshold;

    /// <summary>The share of the rows that set the threshold in the fit which lay above it.</summary>
    public float Contamination => Detection.Contamination;

    /// <summary>What the score is made of; null for a variational detector, whose score is a bound.</summary>
    public AnomalyScoreKind? ScoreKind => Detection.Draws > 0 ? null : _description.Model.Score;

    /// <summary>The column of the error of each slot, or of its part in the score, where there is one.</summary>
    public string? FeatureErrorsColumnName => _description.Columns.FeatureErrors;

    /// <summary>The column of the same by column of the table, where there is one.</summary>
    public string? ColumnErrorsColumnName => _description.Columns.ColumnErrors;

    /// <summary>The column of the reasons of a score, where there is one.</summary>
    public string? ReasonsColumnName => _description.Columns.Reasons;

    /// <summary>The column of the code's part in the score, where there is one.</summary>
    public string? CodePartColumnName => _description.Columns.CodePart;

    /// <summary>The column of the scores' p-values, where there is one.</summary>
    public string? PValueColumnName => _description.Columns.PValue;

    /// <summary>The column of the reconstructions, where there is one.</summary>
    public string? ReconstructionColumnName => _description.Columns.Reconstruction;

    /// <summary>The column of the rows with their gaps filled, where there is one.</summary>
    public string? ImputedColumnName => _description.Columns.Imputed;

    /// <summary>The column of the codes, where there is one.</summary>
    public string? CodeColumnName => _description.Columns.Code;

    /// <summary>The key column that conditions encoder and decoder, where there is one.</summary>
    public string? ConditionColumnName => _description.Columns.Condition;

    /// <summary>The epochs of the fit, in order, with their losses. Saved with the model.</summary>
    public IReadOnlyList<TrainingEpoch> History => _description.History;

    /// <summary>The layers, their shapes and the numbers that they learned.</summary>
    public NetworkSummary Summary { get; }

    /// <summary>What the score of a row of a series is.</summary>
    public WindowScore WindowScore => _description.Model.WindowScore;

    bool ITransformer.IsRowToRowMapper => !LooksAhead;

    private bool LooksAhead => WindowScores.AreOfSeveral(WindowScore);

    private string WrittenBy => AutoencoderTransformer.WrittenBy(FeatureColumnStage);

    private Detection Detection => _description.Detection!;

    /// <summary>
    /// The input's columns and, after them, <c>Score</c>, <c>PredictedLabel</c> and any others that are named.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing, of another type or of
    /// another size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    /// <summary>Adds the columns to a data view. Rows are scored when they are read, a batch at a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing, of another type or of
    /// another size.</exception>
    /// <exception cref="InvalidOperationException"><see cref="WindowScore"/> is one of several windows, and the column
    /// does not say what its windows are, the column of their groups is missing, or the rows are shuffled.</exception>
    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        MappedSchema schema = Bind(input.Schema, _watch.LacksStage(input));
        if (LooksAhead)
            SeriesScoreView.RequireOrder(_host, input, _model.Definition);
        var scored = new MappedView(_host, input, schema, nameof(AutoencoderAnomalyTransformer));
        return LooksAhead ? new SeriesScoreView(_host, scored, schema, _mapping, _model.Definition) : scored;
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => LooksAhead
        ? throw _host.ExceptNotSupp("The score of a row is made of those of all windows that hold it (WindowScore is " +
            $"{WindowScore}), some of which end in later rows: it cannot be computed from the row alone, as a " +
            "PredictionEngine does. Fit the detector with WindowScore.Window, or use Transform.")
        : new RowMapper(_host, Bind(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        _host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version());
        using AutoencoderModel.Lease lease = _model.Use();
        ModelArchive.Write(ctx, _description, _model);
    }

    /// <summary>
    /// Writes the detector as an ONNX file (operators of version 17), whole or not at all: every column that it writes,
    /// from the feature column.
    /// </summary>
    /// <remarks>As <see cref="AutoencoderTransformer.SaveOnnx"/>. <c>Score</c> is Single, <c>PredictedLabel</c>
    /// Boolean, both <c>[B, 1]</c>. The codes that a variational detector draws for its score are the same for every
    /// row, and in the file, where the decoder takes all draws of a batch at once:
    /// <see cref="VariationalAnomalyOptions.Draws"/> times the memory of a reconstruction.</remarks>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidOperationException">The file would be larger than 2 GiB, or <see cref="WindowScore"/>
    /// is one of several windows. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="ObjectDisposedException">The detector was disposed.</exception>
    public void SaveOnnx(string path)
    {
        Require.Path(path, nameof(SaveOnnx), nameof(path));
        if (_mapping.ObstacleOfScores is { } obstacle)
            throw new InvalidOperationException(obstacle);
        using AutoencoderModel.Lease lease = _model.Use();
        OnnxFile.Write(path, _description, _model, OnnxPart.Stage);
    }

    /// <summary>The threshold with a rate of false alarms: rows above it are those whose p-value is at most the rate,
    /// as in the column of <see cref="AnomalyOptions.PValueColumnName"/>, whether or not there is one. For
    /// <see cref="Microsoft.ML.AutoencoderAnomalyCatalogExtensions.ChangeModelThreshold"/>.</summary>
    /// <remarks>In contrast to <see cref="Contamination"/>, the share of the fit's rows above the threshold, it
    /// promises something about new rows: as far as these are like the rows that set the threshold, which therefore
    /// should be validation rows, at most that share of them is called anomalies on average.</remarks>
    /// <param name="falseAlarmRate">Above 0, below 1. No p-value is below 1 / (n + 1), with n the number of rows that
    /// set the threshold, and no lower rate can be had; where k of these rows have an infinite score, none below
    /// (k + 1) / (n + 1), because a threshold is a finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range, or lower than any
    /// threshold has.</exception>
    /// <exception cref="InvalidOperationException">The detector is from a file of an older version of this library,
    /// which holds no scores.</exception>
    public float ThresholdFor(float falseAlarmRate)
    {
        Place where = Place.Call(nameof(ThresholdFor));
        if (!(falseAlarmRate is > 0 and < 1))
            throw where.Error(nameof(falseAlarmRate),
                FormattableString.Invariant($"is {falseAlarmRate}; it must be above 0 and below 1."));
        ReferenceScores reference = Detection.Reference ?? throw new InvalidOperationException(
            "The detector is from a model file of version 4 or older, which does not hold the scores of the rows " +
            "that set its threshold. Train it again, or set a threshold by scores.");
        if (falseAlarmRate >= reference.LeastRate)
            return reference.ThresholdOf(falseAlarmRate);
        string infinite = reference.Infinite == 0 ? ""
            : FormattableString.Invariant($", {reference.Infinite:N0} of them with an infinite score,");
        throw where.Error(nameof(falseAlarmRate), FormattableString.Invariant(
            $"is {falseAlarmRate}; with the {reference.Rows:N0} rows that set the threshold{infinite} it must be ") +
            FormattableString.Invariant($"at least {reference.LeastRate}."));
    }

    /// <summary>A description in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{_description.Model.Family} autoencoder: {FeatureColumnName} ({_model.InputSize}{WrittenBy}) ")
        + FormattableString.Invariant($"to {Detection.ScoreName}, threshold {Threshold:G6}, on {_model.Device}");

    /// <summary>Frees the native memory, once computations under way are done.</summary>
    public void Dispose() => _model.Dispose();

    /// <summary>The same detector with another threshold, to be disposed separately.</summary>
    internal AutoencoderAnomalyTransformer WithThreshold(float threshold) =>
        new(_host, _description with { Detection = Detection with { Threshold = threshold } }, _model.Copy());

    /// <summary>Called by ML.NET's loader, which finds it by its name and parameters.</summary>
    internal static AutoencoderAnomalyTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        MlNetMembers.Require();
        return Read(env, ctx);
    }

    private static AutoencoderAnomalyTransformer Read(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        using IChannel channel = env.Start("Loading");
        (ModelDescription description, AutoencoderModel model) = ModelArchive.Read(env, ctx,
            HostDevice.Resolve(env, channel));
        if (description.Detection is null)
        {
            model.Dispose();
            throw env.ExceptDecode("The autoencoder in the model file is not an anomaly detector.");
        }
        return new AutoencoderAnomalyTransformer(env, description, model);
    }

    private static VersionInfo Version() => new(
        modelSignature: "MLAUTANO",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: ModelArchive.LoaderAssembly);

    private MappedSchema Bind(DataViewSchema inputSchema, bool lacksStage = false)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        _model.RequireAlive();
        var schema = new MappedSchema(_host, _mapping, inputSchema) { Watch = _watch, LacksStage = lacksStage };
        _watch.Look(schema.InputColumn);
        if (LooksAhead)
            SeriesScoreView.RequireSeries(_host, schema, _model.Definition);
        return schema;
    }
}
