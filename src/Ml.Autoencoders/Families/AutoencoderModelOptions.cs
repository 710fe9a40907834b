using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>
/// The options that every autoencoder has, whether it is a stage that encodes or a trainer that finds anomalies.
/// </summary>
/// <remarks>Options are read when the estimator is made, which throws <see cref="ArgumentException"/> for a value that
/// is out of its range.</remarks>
public abstract partial record AutoencoderModelOptions
{
    private readonly Corruption? _usualCorruption;

    private protected AutoencoderModelOptions(Corruption? corruption = null) =>
        Corruption = _usualCorruption = corruption;

    /// <summary>Numbers in a code, Z.</summary>
    /// <value>At least 1, at most 16,777,216. The default is null: 32, unless a preset or a detector chooses. A code
    /// that is not shorter than the row gives a warning, unless its size was set here, or by a preset, for a family
    /// that is sparse or whose encoder gets changed rows.</value>
    public int? CodeSize { get; init; }

    /// <summary>The network that encodes and decodes.</summary>
    /// <value>The default is null: <c>Network.Dense(512, 256)</c>, unless a preset or a detector chooses.</value>
    public Network? Network { get; init; }

    /// <summary>How the distance between a row and its reconstruction is measured. That of a row of keys is their mean
    /// cross-entropy, -ln p of the key of each step, in nats; the option is then left out.</summary>
    /// <value>The default is <see cref="ReconstructionLoss.MeanSquaredError"/>.</value>
    public ReconstructionLoss Loss { get; init; } = ReconstructionLoss.MeanSquaredError;

    /// <summary>How slots are brought to a common scale before the network, and back after it.</summary>
    /// <value>The default is null: <see cref="InputScaling.None"/>, unless a preset or a detector chooses. Without
    /// scaling, a fit warns of slots that dwarf the others: those whose largest number, or whose range, is more than
    /// 100 times that of the median slot. Keys have no scale.</value>
    public InputScaling? Scaling { get; init; }

    /// <summary>
    /// How the rows that the encoder gets in training are changed; the clean ones are reconstructed (Vincent et al.
    /// 2010; for variational families Im et al. 2017, "Denoising Criterion for Variational Auto-Encoding Framework").
    /// </summary>
    /// <value>The default is null: <c>Corruption.None</c>, unless a detector chooses; for
    /// <see cref="DenoisingOptions"/> and <see cref="VicRegOptions"/>, <c>Corruption.Masking(0.5f)</c>: half of the
    /// slots set to 0. Rows of keys take no other than masking, which hides keys as if they were missing.</value>
    public Corruption? Corruption { get; init; }

    /// <summary>
    /// Which slots of the input column make categories. Those of a category are reconstructed as the probabilities of
    /// its classes (a softmax, with a class for none of its slots), are not scaled, and their error is twice the
    /// cross-entropy, -2 ln p of the class that the row has; that of a number is its squared error, so that half the
    /// sum is a negative log-likelihood in nats. An error of a row is the mean over its columns: numbers, and
    /// categories as a whole.
    /// </summary>
    /// <value>The default is null: <see cref="Categories.None"/>, all slots are numbers, unless a detector chooses:
    /// <see cref="AutoencoderAnomalyOptions"/> takes <see cref="Categories.Annotated"/> for tables.</value>
    /// <remarks>Needs a <see cref="Loss"/> of <see cref="ReconstructionLoss.MeanSquaredError"/>, and rows
    /// that are plain vectors and are reconstructed from themselves. The slots of a category must hold 0
    /// and 1, at most one of them
    /// 1. A family with an output variance σ² multiplies the cross-entropy by it, and takes 1 where it would learn it
    /// from the rows. Where gaps are left out, a category that is missing has NaN in all its slots; the corruptions
    /// that hide or exchange values do so by category.</remarks>
    public Categories? Categories { get; init; }

    /// <summary>Whether the fit turns gray values into zeros and ones, for a model of black-and-white pictures whose
    /// likelihood can be compared with that of others. For <see cref="ReconstructionLoss.BinaryCrossEntropy"/> only,
    /// and rows that are not scaled.</summary>
    /// <value>The default is <see cref="Binarization.None"/>.</value>
    /// <remarks>
    /// A row that is reconstructed from itself is drawn once per epoch, before any corruption; a target column is drawn
    /// separately. Validation rows are drawn the same way in every epoch.
    /// <see cref="AutoencoderTransformer.LogLikelihood"/> draws each row once, from the seed of the fit and the row's
    /// id. Columns, <c>Encode</c> and <c>Reconstruct</c> take rows as they are, so that codes do not depend on a draw;
    /// rows that are zeros and ones already are the same for all of them.
    /// </remarks>
    public Binarization Binarization { get; init; } = Binarization.None;

    /// <summary>
    /// A column for the reconstruction, typed like the input column, or like the target column where there is one. Of
    /// keys, it has the likeliest of each step, as UInt32, with the names of the input.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? ReconstructionColumnName { get; init; }

    /// <summary>What becomes of missing values (NaN). With <see cref="MissingValueHandling.LeaveOut"/> the encoder gets
    /// 0 in place of each, after the scaling, and as many numbers again that say which slots are missing; the loss, the
    /// error and the score of a row are those of the slots that are there, and a reconstruction fills the others.
    /// </summary>
    /// <value>The default is <see cref="MissingValueHandling.Refuse"/>. <see cref="MissingValueHandling.LeaveOut"/>
    /// needs a network that takes rows as vectors, as <c>Network.Dense</c> does, and rows that are not
    /// binarized.</value>
    /// <remarks>
    /// Scaling is learned from the values that are there. So that the network learns to fill gaps, a fit hides a random
    /// fifth of the values from the encoder, besides those that are missing, and reconstructs them; with
    /// <see cref="Corruption.Masking"/> those that it masks are hidden instead. A value that any other corruption
    /// changes stays missing where it is, and <see cref="Corruption.Swap"/> may hide a value where the other row has a
    /// gap. A likelihood is that of the slots that are there; where a family takes the sum over columns instead of the
    /// mean (<c>Wasserstein</c>), it is as if the missing ones had the mean error of the others. Infinite numbers are
    /// still refused, and so is a slot that every training row misses; labels must not be missing.
    /// <para>Keys that are missing (0) are left out with either value. <see cref="ImputedColumnName"/> needs
    /// <see cref="MissingValueHandling.LeaveOut"/> with them, too.</para>
    /// </remarks>
    public MissingValueHandling MissingValues { get; init; }

    /// <summary>
    /// A column for the row with its gaps filled, typed like the input column: the numbers of the row as they are, and
    /// those of the reconstruction where they are missing. Needs <see cref="MissingValues"/> to be
    /// <see cref="MissingValueHandling.LeaveOut"/>.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? ImputedColumnName { get; init; }

    /// <summary>
    /// A column for the part that each slot has in the row's error, typed like the input column: the squared error or
    /// the cross-entropy of the slot, in the units of the network's input; 0 where the value is missing and left out.
    /// It shows why a row's error is large. Of a detector whose <see cref="AutoencoderAnomalyOptions.Score"/> is
    /// <see cref="AnomalyScoreKind.Both"/>, as by default for tables, it holds the slots' parts in the score instead.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    /// <remarks>The error of a category is at the slot of the class that the row has, or in equal parts at all its
    /// slots where it has none. Of keys, it is a vector of T Single: -ln p of the key of each step, in nats, and 0
    /// where the key is missing.</remarks>
    public string? FeatureErrorsColumnName { get; init; }

    /// <summary>
    /// A column for the same by column of the table, a vector of Single: the error of each number, and of each category
    /// the sum over its slots, named after the category: <c>Region</c> where its slots are <c>Region.north</c>,
    /// <c>Region.south</c>, .... Without <see cref="Categories"/> it is what <see cref="FeatureErrorsColumnName"/>
    /// has.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? ColumnErrorsColumnName { get; init; }

    /// <summary>
    /// The format of the picture that a row of the input column is. A column with three dimensions, of which the first
    /// or the last is a number of channels, specifies it itself (as those of <c>ExtractPixels</c> do); then this has to
    /// agree.
    /// </summary>
    /// <value>The default is null: what the column specifies; no picture where it is a plain vector.</value>
    /// <remarks>Reconstructions of pictures are kept between the least and the greatest value of the training
    /// rows.</remarks>
    public ImageFormat? Image { get; init; }

    /// <summary>
    /// The sequence that a row of the input column is, where the column is a plain vector and the network takes
    /// sequences, as <c>Network.Temporal</c> and <c>Network.Recurrent</c> do. A column with two dimensions, steps x
    /// channels, specifies it itself; then this has to agree. A column of T keys is a sequence of T steps; then this is
    /// left out.
    /// </summary>
    /// <value>The default is null: what the column specifies.</value>
    public SequenceFormat? Sequence { get; init; }

    /// <summary>
    /// A key column whose label the encoder and the decoder are given, so that the code holds what the label does not
    /// determine and rows can be generated by label (Sohn et al. 2015, "Learning Structured Output Representation").
    /// Every row needs a label, in training and in prediction.
    /// </summary>
    /// <value>The default is null: no condition.</value>
    public string? ConditionColumnName { get; init; }

    /// <summary>How the network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Where the network is trained and predicts.</summary>
    /// <value>The default is null: <c>mlContext.GpuDeviceId</c> and <c>mlContext.FallbackToCpu</c> decide.</value>
    public ComputeDevice? Device { get; init; }

    /// <summary>What is chosen for the options that are null, when the fit knows its data.</summary>
    internal DefaultsRule Rule { get => field ?? OwnRule; init; }

    /// <summary>What is chosen by options of this kind, where nothing else was set.</summary>
    private protected virtual DefaultsRule OwnRule => DefaultsRule.Standard;

    /// <summary>The name of the family, in messages and model files.</summary>
    private protected abstract string Family { get; }

    /// <summary>What an estimator with these options fits, once it knows its data.</summary>
    /// <inheritdoc cref="ToRecipe"/>
    internal OpenRecipe ToOpenRecipe(string inputColumnName, string? codeColumnName) =>
        new(Rule, defaults => ToRecipe(inputColumnName, codeColumnName, defaults));

    /// <summary>What an estimator with these options fits.</summary>
    /// <param name="inputColumnName">What is encoded.</param>
    /// <param name="codeColumnName">Where the codes go; null where no column holds them.</param>
    /// <param name="defaults">The values of options that are left open.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal Recipe ToRecipe(string inputColumnName, string? codeColumnName, Defaults defaults)
    {
        string where = GetType().Name;
        int codeSize = CodeSize ?? defaults.CodeSize;
        Require.Within(codeSize, 1, Limits.Width, where, nameof(CodeSize));
        Require.Defined(Loss, where, nameof(Loss));
        InputScaling scaling = Scaling ?? defaults.Scaling;
        Require.Defined(scaling, where, nameof(Scaling));
        Require.NotNull(Training, where, nameof(Training));
        Training.Check($"{where}.{nameof(Training)}");
        Corruption corruption = Corruption ?? OwnCorruption(defaults);
        Check(where);
        ColumnNames columns = Columns(inputColumnName, codeColumnName);
        columns.Check(where);
        Bottleneck bottleneck = MakeBottleneck(codeSize);
        bottleneck.Check(where, codeSize);
        Objective objective = MakeObjective();
        objective.Check(where, codeSize);
        if (objective.Lacks(bottleneck) is { } lack)
            throw new ArgumentException(
                $"{where}: Prior is {objective.Prior}. It needs {lack}; those of this family do not.");
        RequireComparable(where, corruption, scaling, columns);
        RequireGaps(where, corruption, Network ?? defaults.Network, columns);
        Categories categories = Categories ?? defaults.Categories;
        RequireCategories(where, corruption, Network ?? defaults.Network, categories, columns);
        AnomalyScoreKind score = ChooseScore(where, codeSize, defaults);
        RequireSequences(where, corruption, Network ?? defaults.Network);
        if (columns.HiddenWish is { } wish && !(Network ?? defaults.Network).HasActivation)
            throw new ArgumentException($"{where}: {wish.Option} is {wish.Value}, and {HiddenLayer.Missing}");
        Require.Defined(Binarization, where, nameof(Binarization));
        if (Binarization != Binarization.None)
            RequireGrayValues(where, scaling);
        return new Recipe(Family, columns, codeSize, Network ?? defaults.Network, corruption, bottleneck, objective,
            scaling, Training.Completed(defaults), Device, Image)
        {
            IsCodeSizeChosen = CodeSize is not null || defaults != Defaults.Standard,
            Binarization = Binarization,
            Categories = categories,
            Sequence = Sequence,
            Score = score,
            WindowScore = OfWindows,
            TrimmedShare = Trimmed,
            LeavesOutMissing = MissingValues == MissingValueHandling.LeaveOut,
        };
    }

    /// <summary>What is chosen where nothing is set. Batches of one row have no other to take values from.</summary>
    private Corruption OwnCorruption(Defaults defaults) =>
        _usualCorruption ?? (Training.BatchSize == 1 ? Corruption.None : defaults.Corruption);

    /// <summary>What is read and written.</summary>
    private protected abstract ColumnNames Columns(string input, string? code);

    /// <summary>What a code is.</summary>
    private protected abstract Bottleneck MakeBottleneck(int codeSize);

    /// <summary>What is trained for.</summary>
    private protected abstract Objective MakeObjective();

    /// <summary>What the score of a detector is made of; checks what belongs to it.</summary>
    private protected virtual AnomalyScoreKind ChooseScore(string where, int codeSize, Defaults defaults) => default;

    /// <summary>What the score of a row of a series is, of a detector.</summary>
    private protected virtual WindowScore OfWindows => default;

    /// <summary>The share of the training rows that the numbers of such a score are not estimated from.</summary>
    private protected virtual float Trimmed => 0;

    /// <summary>Checks the options of a derived class.</summary>
    private protected virtual void Check(string where)
    {
    }
}
