namespace CompareWithPca.Reporting;

/// <summary>What a comparison does not know about itself.</summary>
internal sealed record ReportSubject
{
    /// <summary>What the rows are, in the plural.</summary>
    public required string Rows { get; init; }

    /// <summary>A sentence on how the autoencoders were made.</summary>
    public required string Training { get; init; }

    /// <summary>Rows of pixels, for rows that are pictures.</summary>
    public required int RowHeight { get; init; }

    /// <summary>Columns of pixels.</summary>
    public required int RowWidth { get; init; }
}
