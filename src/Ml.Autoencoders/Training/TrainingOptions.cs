using System.Text.Json.Serialization;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>How an autoencoder is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training rows.</summary>
    /// <value>At least 1, at most 1,000,000. The default is null: as many as <see cref="Updates"/> take, and 20 where
    /// that is null too, unless a preset or a detector chooses.</value>
    public int? Epochs { get; init; }

    /// <summary>
    /// Updates of the weights in the whole fit, one for each batch, instead of <see cref="Epochs"/>: the fit runs as
    /// few epochs as make at least that many. A fit of few rows then learns for as long as one of many.
    /// </summary>
    /// <value>At least 1, at most 1,000,000; not to be set together with <see cref="Epochs"/>. The default is null:
    /// <see cref="Epochs"/> decides, unless a preset or a detector chooses.</value>
    public int? Updates { get; init; }

    /// <summary>Rows between two updates of the weights.</summary>
    /// <value>At least 1; a number above that of the rows means all of them. The default is null: 128, unless
    /// a preset chooses.</value>
    public int? BatchSize { get; init; }

    /// <summary>The step size of the optimizer.</summary>
    /// <value>Above 0. The default is null: 0.001, unless a preset or a detector chooses.</value>
    public float? LearningRate { get; init; }

    /// <summary>How the learning rate decreases over the epochs.</summary>
    /// <value>The default is null: <see cref="LearningRateSchedule.Constant"/>, unless a preset or a detector
    /// chooses.</value>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>The rule by which gradients move weights.</summary>
    /// <value>The default is null: <see cref="OptimizerKind.Adam"/>, unless a preset or a detector chooses.</value>
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>How strongly weights are pulled toward 0.</summary>
    /// <value>At least 0. The default is 0.</value>
    public float WeightDecay { get; init; }

    /// <summary>
    /// The greatest length (Euclidean norm over all weights) of a gradient; a longer one is scaled down to it.
    /// </summary>
    /// <value>Above 0, or null for no limit. The default is null.</value>
    public float? GradientClipNorm { get; init; }

    /// <summary>The share of the training rows that is held out to measure the loss on: drawn at random, unless they
    /// are windows of a series, or <see cref="ValidationGroupColumnName"/> is set.</summary>
    /// <value>At least 0, below 1. The default is 0. Not to be set when the fit is given a
    /// validation data view.</value>
    /// <remarks>Windows that follow each other have most of their numbers in common, so that none of them is drawn
    /// alone. Where <c>SlidingWindow</c> made them of several groups, whole groups are held out, drawn at random such
    /// that their rows come near to the share. Of one series the last windows are held out, and the T - 1 before them,
    /// which have rows in common with them, are left out. The log says which it was.</remarks>
    public float ValidationFraction { get; init; }

    /// <summary>The column of the groups that are held out as a whole, so that all rows of a machine or a patient are
    /// on one side: a text, a key or an integer. Only together with <see cref="ValidationFraction"/>.</summary>
    /// <value>The default is null: the group column of the windows that a row is, where it is one
    /// (<see cref="SlidingWindowOptions.GroupColumnName"/>); otherwise rows do not belong together.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ValidationGroupColumnName { get; init; }

    /// <summary>Ends the fit when the loss stops improving.</summary>
    /// <value>The default is null: every epoch is run, and the last weights are kept.</value>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// The seed of everything that the fit draws: initial weights, row order, validation split, corruption, dropout,
    /// codes; and of the draws that the fitted transformer writes into columns.
    /// </summary>
    /// <value>The default is null: the seed of the <c>MLContext</c>, or a random one where that has none. The same seed
    /// gives the same bits on the same processor with the same thread count.</value>
    public int? Seed { get; init; }

    /// <summary>
    /// Memory for the rows of a data view, in MiB: 4 bytes per number. Rows that need no more are read once, kept, and
    /// shuffled as a whole. Others are read again in every epoch and pass through a shuffle buffer of that size, so
    /// that data of any size can be trained on; the data view's own shuffling is used too where it can shuffle. It has
    /// to give the same rows in every pass, in any order, otherwise the fit ends in an error;
    /// <see cref="ValidationFraction"/> then decides for each row at random.
    /// </summary>
    /// <value>At least 1. The default is 4096.</value>
    public int RowMemoryMegabytes { get; init; } = 4096;

    /// <summary>Threads that torch uses for the fit.</summary>
    /// <value>Between 1 and 1,024, or null for the current setting. The default is null. The earlier setting is
    /// restored when the fit ends.</value>
    public int? Threads { get; init; }

    /// <summary>
    /// Whether matrix products and convolutions on a GPU may round their factors to TensorFloat-32, 10 bits of mantissa
    /// instead of 23, which NVIDIA's GPUs since Ampere multiply several times faster. It holds for the whole process as
    /// long as the fit runs; CPUs and older GPUs ignore it. Implemented but not measured: this project's tests run on
    /// CPUs.
    /// </summary>
    /// <value>The default is false: the current setting stays; torch's default is single precision for
    /// products.</value>
    public bool AllowTensorFloat32 { get; init; }

    /// <summary>
    /// Called after every epoch, on the thread of the fit. An exception that it throws ends the fit. Tensors that it
    /// creates are disposed with the fit, unless you detach them from its dispose scope.
    /// </summary>
    /// <value>The default is null.</value>
    [JsonIgnore]
    public Action<TrainingEpoch>? OnEpoch { get; init; }

    /// <summary>
    /// Ends the fit at the next batch, or the next row that is read. The fit then returns the best model so far: the
    /// weights of the epoch with the
    /// lowest loss, or the weights as they are where no epoch is complete. Until it has read its rows once, there is no
    /// model, and it throws <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <value>The default is none. See <see cref="ThrowOnCancellation"/>.</value>
    [JsonIgnore]
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Whether a canceled fit throws <see cref="OperationCanceledException"/> instead of returning a model.
    /// </summary>
    /// <value>The default is false.</value>
    [JsonIgnore]
    public bool ThrowOnCancellation { get; init; }

    /// <summary>Where and how often the fit saves its progress.</summary>
    /// <value>The default is null: nothing is written.</value>
    [JsonIgnore]
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// The folder of a checkpoint to resume from; the result has the same bits as that of a fit that never stopped.
    /// Rows, columns and options have to be those that it was written with; where no seed is set, its seed is taken. If
    /// it is also the folder of <see cref="Checkpoint"/>, the fit starts from the beginning where there is none yet, so
    /// that a program can be started again and again until it is done.
    /// </summary>
    /// <value>The default is null: the fit starts from the beginning.</value>
    [JsonIgnore]
    public string? ResumeFrom { get; init; }

    /// <summary>Whether a checkpoint is read or written, so that the fit has to identify its rows.</summary>
    [JsonIgnore]
    internal bool IsIdentified => Checkpoint is not null || ResumeFrom is not null;

    /// <summary>How many epochs: known in the options of a fit and of a file, as are those below.</summary>
    [JsonIgnore]
    internal int ChosenEpochs => Epochs ?? throw Open(nameof(Epochs));

    [JsonIgnore]
    internal int ChosenBatchSize => BatchSize ?? throw Open(nameof(BatchSize));

    [JsonIgnore]
    internal float ChosenLearningRate => LearningRate ?? throw Open(nameof(LearningRate));

    [JsonIgnore]
    internal LearningRateSchedule ChosenSchedule => Schedule ?? throw Open(nameof(Schedule));

    [JsonIgnore]
    internal OptimizerKind ChosenOptimizer => Optimizer ?? throw Open(nameof(Optimizer));

    /// <summary>The same with values for what is open. The epochs that updates take stay open until the rows are
    /// counted.</summary>
    internal TrainingOptions Completed(Defaults defaults) => this with
    {
        Epochs = Epochs ?? (Updates is null ? defaults.Epochs : null),
        Updates = Updates ?? (Epochs is null ? defaults.Updates : null),
        BatchSize = BatchSize ?? defaults.BatchSize,
        LearningRate = LearningRate ?? defaults.LearningRate,
        Schedule = Schedule ?? defaults.Schedule,
        Optimizer = Optimizer ?? defaults.Optimizer,
    };

    /// <summary>The same for a number of training rows.</summary>
    internal TrainingOptions ForRows(long rows) => Updates is not { } updates ? this : this with
    {
        Epochs = (int)Math.Ceiling((double)updates / Batches.Count(rows, ChosenBatchSize)),
    };

    /// <summary>Checks that a fit can have these options.</summary>
    /// <exception cref="ArgumentException">It cannot, and they come from a caller.</exception>
    /// <exception cref="FormatException">It cannot, and they come from a file.</exception>
    internal void Check(Place where)
    {
        CheckLength(where);
        Checked(BatchSize, where, nameof(BatchSize), (size, name) => Require.AtLeast(size, 1, where, name));
        Checked(LearningRate, where, nameof(LearningRate), (rate, name) => Require.Above(rate, 0, where, name));
        if (where.IsEntry)
            Require.NotNull(Schedule, where, nameof(Schedule));
        Schedule?.Check(where.Part(nameof(Schedule)));
        EarlyStopping?.Check(where.Part(nameof(EarlyStopping)));
        Checked(Optimizer, where, nameof(Optimizer), (kind, name) => Require.Defined(kind, where, name));
        Require.AtLeast(WeightDecay, 0, where, nameof(WeightDecay));
        if (GradientClipNorm is { } norm)
            Require.Above(norm, 0, where, nameof(GradientClipNorm));
        if (Threads is { } threads)
            Require.Within(threads, 1, Limits.Threads, where, nameof(Threads));
        Require.AtLeast(RowMemoryMegabytes, 1, where, nameof(RowMemoryMegabytes));
        Require.BelowOne(ValidationFraction, where, nameof(ValidationFraction));
        if (ValidationGroupColumnName is { } group)
        {
            Require.ColumnName(group, where, nameof(ValidationGroupColumnName));
            if (ValidationFraction == 0)
                throw where.Wrong(nameof(ValidationGroupColumnName),
                    $"is '{group}', and ValidationFraction is 0: no group would be held out.");
        }
        if (ResumeFrom is not null)
            Require.Path(ResumeFrom, where, nameof(ResumeFrom));
    }

    /// <summary>A caller sets one of the two at most; a file has what they came to.</summary>
    private void CheckLength(Place where)
    {
        Checked(Epochs, where, nameof(Epochs), (epochs, name) => Require.Within(epochs, 1, Limits.Epochs, where, name));
        if (Updates is not { } updates)
            return;
        Require.Within(updates, 1, Limits.Epochs, where, nameof(Updates));
        if (!where.IsEntry && Epochs is { } both)
            throw where.Wrong(nameof(Updates), FormattableString.Invariant(
                $"is {updates}, and Epochs is {both}. Each says how long the fit is: set one of them."));
    }

    /// <summary>A file has every value; a caller may leave it open.</summary>
    private static void Checked<T>(T? value, Place where, string name, Action<T, string> check)
        where T : struct
    {
        if (value is { } given)
            check(given, name);
        else if (where.IsEntry)
            throw where.Missing(name);
    }

    private static InvalidOperationException Open(string name) => new($"TrainingOptions.{name} is open.");
}
