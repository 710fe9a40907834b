namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>How rows get the scores of windows.</summary>
internal enum WindowWay
{
    /// <summary>A row has that of the window which ends in it; the first rows have none.</summary>
    Last,

    /// <summary>That of the window of which it is the middle; rows near both ends have that of the nearest
    /// window.</summary>
    Middle,

    /// <summary>The mean over the windows that hold it.</summary>
    Mean,

    /// <summary>The maximum over them.</summary>
    Maximum,
}
