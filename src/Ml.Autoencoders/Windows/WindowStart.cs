namespace Ml.Autoencoders;

/// <summary>What the first rows of a group, or after a gap, hold, which are too few for a window.</summary>
public enum WindowStart
{
    /// <summary>NaN in every slot, which says that the row has no window.</summary>
    NoWindow,

    /// <summary>A window whose missing rows are copies of the first row.</summary>
    FirstRow,
}
