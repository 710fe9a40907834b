namespace CompareWithPca.Reporting;

/// <summary>What a measure is good for.</summary>
internal enum MeasureKind
{
    /// <summary>How good codes are.</summary>
    Quality,

    /// <summary>How good codes are, as a share of test rows, which chance has a part in.</summary>
    Accuracy,

    /// <summary>A measure of quality on another scale, which must not be counted twice.</summary>
    Restatement,

    /// <summary>What codes cost.</summary>
    Cost,
}
