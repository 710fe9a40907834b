namespace Ml.Autoencoders.Music;

/// <summary>What may be read of one file: its tunes and voices share it. A few bytes can ask for very much.</summary>
internal sealed class FileBudget
{
    /// <summary>The most bars, as they are written and once more as they are played.</summary>
    public const int MostBars = 1_000_000;

    /// <summary>The most steps of all windows: as many as windows of two bars at each of the bars have.</summary>
    public const int MostSteps = 1 << 25;

    private int _bars;
    private int _steps;

    /// <summary>Whether more was asked for: the rest of the file is not read.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Takes another bar.</summary>
    /// <exception cref="FormatException">There are too many.</exception>
    public void TakeBar() => Take(ref _bars, 1, MostBars, "bars, as written and as played,");

    /// <summary>Takes the steps of another window.</summary>
    /// <exception cref="FormatException">There are too many.</exception>
    public void TakeSteps(int steps) => Take(ref _steps, steps, MostSteps, "steps in its windows");

    private void Take(ref int taken, int more, int most, string what)
    {
        IsSpent |= taken > most - more;
        if (IsSpent)
            throw new FormatException($"the file has more than {most} {what} together; at most so many are read.");
        taken += more;
    }
}
