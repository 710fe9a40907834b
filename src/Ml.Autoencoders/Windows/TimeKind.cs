namespace Ml.Autoencoders.Windows;

/// <summary>What the times of rows are.</summary>
internal enum TimeKind
{
    DateTime,
    DateTimeOffset,
    TimeSpan,

    /// <summary>An integer of any size.</summary>
    Whole,
    Single,
    Double,
}
