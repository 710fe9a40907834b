namespace Heartbeats.Reading;

/// <summary>What the times of rows are.</summary>
internal enum TimeKind
{
    /// <summary>No column says: the numbers of the rows, from 1.</summary>
    Row,

    /// <summary>A column of numbers.</summary>
    Number,

    /// <summary>A column of dates.</summary>
    Date,
}
