using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Training;

/// <summary>What an estimator fits: a family's choice on each axis, with its columns. Checked, and immutable.</summary>
internal sealed record Recipe(
    string Family,
    ColumnNames Columns,
    int CodeSize,
    Network Network,
    Corruption Corruption,
    Bottleneck Bottleneck,
    Objective Objective,
    InputScaling Scaling,
    TrainingOptions Training,
    ComputeDevice? Device,
    ImageFormat? Image = null)
{
    /// <summary>Whether the size of the code was set in the options, or chosen for the data.</summary>
    public bool IsCodeSizeChosen { get; init; }

    /// <summary>The sequence that a row of a plain vector column is.</summary>
    public SequenceFormat? Sequence { get; init; }

    /// <summary>Which slots make categories.</summary>
    public Categories Categories { get; init; } = Categories.None;

    /// <summary>Whether rows are turned into zeros and ones.</summary>
    public Binarization Binarization { get; init; }

    /// <summary>What the score of a detector is made of.</summary>
    public AnomalyScoreKind Score { get; init; }

    /// <summary>What the score of a row of a series is.</summary>
    public WindowScore WindowScore { get; init; }

    /// <summary>The share of the training rows that the score is not estimated from, where it sees the code.</summary>
    public float TrimmedShare { get; init; }

    /// <summary>Whether missing values are left out; they are refused otherwise.</summary>
    public bool LeavesOutMissing { get; init; }

    /// <summary>Whether something other than the encoded row is reconstructed.</summary>
    public bool IsPaired => Columns.Target is not null || Corruption.Reduces;
}
