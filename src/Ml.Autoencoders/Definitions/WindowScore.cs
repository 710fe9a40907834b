namespace Ml.Autoencoders;

/// <summary>What the score of a row of a series is, where a detector is fitted on windows
/// (<c>ml.Transforms.SlidingWindow</c>).</summary>
public enum WindowScore
{
    /// <summary>That of the window that ends in the row. It is known with the row itself.</summary>
    Window,

    /// <summary>The reconstruction error of the row in the window that ends in it: the mean over the slots of the
    /// window's last step.</summary>
    LastStep,

    /// <summary>The mean of the scores of all windows that hold the row, which end in it and up to T - 1 rows later.
    /// </summary>
    Mean,

    /// <summary>The greatest of the scores of all windows that hold the row, which end in it and up to T - 1 rows
    /// later.</summary>
    Maximum,
}
