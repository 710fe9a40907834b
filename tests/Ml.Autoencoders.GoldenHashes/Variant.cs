namespace Ml.Autoencoders.GoldenHashes;

/// <summary>What a subject is fitted with: a network, with a condition or without, and what else has code of its
/// own.</summary>
internal sealed record Variant(string Name, IReadOnlyDictionary<string, object> Options)
{
    private const string Condition = "ConditionColumnName";
    private const string Target = "TargetColumnName";

    /// <summary>Columns that compare a row with its reconstruction, which a target cannot have.</summary>
    private static readonly string[] Comparing =
        ["ErrorColumnName", "FeatureErrorsColumnName", "ColumnErrorsColumnName", "EvidenceLowerBoundColumnName"];

    /// <summary>Columns that need an option.</summary>
    private static readonly Dictionary<string, string> Needs = new()
    {
        ["ImputedColumnName"] = "MissingValues",
        ["ReasonsColumnName"] = "MissingValues",
        ["CodePartColumnName"] = "Score",
    };

    public static IReadOnlyList<Variant> All { get; } =
    [
        Of("dense", Dense, ReconstructionLoss.MeanSquaredError),
        Of("dense-bernoulli", Network.Dense(24, 12), ReconstructionLoss.BinaryCrossEntropy),
        Of("dense-conditioned", Dense, ReconstructionLoss.MeanSquaredError,
            (Condition, GoldenRow.KindName), ("Scaling", InputScaling.Standardize), ("Training", Training(0.2f))),
        Of("dense-target", Dense, ReconstructionLoss.MeanSquaredError, (Target, GoldenRow.HalfName)),
        Of("convolutional", Convolutional, ReconstructionLoss.BinaryCrossEntropy),
        Of("convolutional-conditioned", Convolutional, ReconstructionLoss.MeanSquaredError,
            (Condition, GoldenRow.KindName)),
        Of("dense-gaps", Dense, ReconstructionLoss.MeanSquaredError, ("MissingValues", "LeaveOut")),
        Of("dense-both", Dense, ReconstructionLoss.MeanSquaredError, ("Score", "Both")),
        Of("dense-both-gaps", Dense, ReconstructionLoss.MeanSquaredError, ("MissingValues", "LeaveOut"),
            ("Score", "Both")),
    ];

    /// <summary>Columns that are drawn at random, which an ONNX file does not write.</summary>
    private static readonly string[] Drawn = ["SampleColumnName", "EvidenceLowerBoundColumnName"];

    public bool IsConditioned => Options.ContainsKey(Condition);

    private static Network Dense => Network.Dense([24], Activation.Silu, batchNorm: true);

    private static Network Convolutional =>
        Network.Convolutional(GoldenRow.Side, GoldenRow.Side, 1, [4, 8], Activation.Relu, batchNorm: true);

    public bool Fits(Subject subject) => Options.Keys.All(subject.Has);

    /// <summary>The options of the columns that can be written.</summary>
    public IEnumerable<string> Written(Subject subject) => subject.WrittenColumns
        .Except(Options.ContainsKey(Target) ? Comparing : [])
        .Where(column => !Needs.TryGetValue(column, out string? option) || Options.ContainsKey(option));

    /// <summary>Those of them that an ONNX file can write, too.</summary>
    public IEnumerable<string> Exported(Subject subject) => Written(subject).Except(Drawn);

    private static Variant Of(
        string name, Network network, ReconstructionLoss loss, params (string Option, object Value)[] others)
    {
        var options = new Dictionary<string, object>
        {
            ["CodeSize"] = 4,
            ["Network"] = network,
            ["Loss"] = loss,
            ["Training"] = Training(0),
        };
        foreach ((string option, object value) in others)
            options[option] = value;
        return new Variant(name, options);
    }

    /// <summary>The same bits are promised at the same number of threads.</summary>
    private static TrainingOptions Training(float validation) => new()
    {
        Epochs = 2,
        BatchSize = 64,
        LearningRate = 1e-2f,
        Schedule = LearningRateSchedule.Constant,
        Optimizer = OptimizerKind.Adam,
        ValidationFraction = validation,
        Seed = 7,
        Threads = 2,
    };
}
