namespace Ml.Autoencoders.Windows;

/// <summary>What is remembered of the rows of a group: the last of them, and whatever is made of them.</summary>
internal abstract class GroupRows
{
    /// <summary>The default where there is no group column.</summary>
    public WindowGroup Group { get; set; }

    /// <summary>The time of the last row; the default where rows have none.</summary>
    public WindowTime LastTime { get; set; }

    /// <summary>The last row, as errors count; below 0 before the first.</summary>
    public long LastRow { get; set; } = -1;
}
