namespace Anomalies;

/// <summary>A machine, and what a detector says of it.</summary>
internal sealed class ScoredMachine : Machine
{
    /// <summary>The higher, the more unusual.</summary>
    public float Score { get; set; }

    /// <summary>How rare such a score is.</summary>
    public float PValue { get; set; }

    /// <summary>How unlikely each column's value is, given the others.</summary>
    public float[] Reasons { get; set; } = [];

    /// <summary>Whether the score is above the threshold.</summary>
    public bool PredictedLabel { get; set; }

    /// <summary>The place of the largest reason.</summary>
    public int Worst => Array.IndexOf(Reasons, Reasons.Max());
}
