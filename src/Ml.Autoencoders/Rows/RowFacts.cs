namespace Ml.Autoencoders.Rows;

/// <summary>What a <see cref="RowSurvey"/> finds out, besides the number of rows and labels.</summary>
[Flags]
internal enum RowFacts
{
    None = 0,

    /// <summary>The least and the greatest number of each slot.</summary>
    Range = 1,

    /// <summary>Mean and deviation of each slot; only together with the range.</summary>
    Moments = 2,

    /// <summary>The digest of the rows.</summary>
    Digest = 4,

    /// <summary>A sample from all parts of the rows.</summary>
    Sample = 8,

    /// <summary>No fact, but that values may be missing, which are NaN.</summary>
    Gaps = 16,
}
