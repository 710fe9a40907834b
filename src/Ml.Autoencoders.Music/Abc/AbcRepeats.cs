namespace Ml.Autoencoders.Music.Abc;

/// <summary>The order in which bars are played.</summary>
internal static class AbcRepeats
{
    /// <summary>Endings of higher numbers are never played.</summary>
    private const int MostPasses = 8;

    /// <summary>Endings further behind the beginning of a repeat are not its own.</summary>
    private const int Longest = 512;

    /// <summary>Plays each repeat, and each of its endings in its passes. A repeat that nothing closes is played once;
    /// one that nothing opens begins after the one before.</summary>
    /// <exception cref="FormatException">More bars are played than any tune has, or than the file has
    /// left.</exception>
    public static IReadOnlyList<AbcBar> Play(IReadOnlyList<AbcBar> bars, FileBudget budget)
    {
        var played = new List<AbcBar>();
        int first = 0;
        int pass = 1;
        int i = 0;
        bool isInEnding = false;
        while (i < bars.Count)
        {
            AbcBar bar = bars[i];
            if (bar.StartsRepeat && i != first)
                (first, pass, isInEnding) = (i, 1, false);
            if (bar.Endings != 0 && (bar.Endings & 1 << (pass - 1)) == 0)
            {
                i = AfterEnding(bars, i);
                continue;
            }
            if (played.Count == AbcScore.MostBars)
                throw new FormatException($"more than {AbcScore.MostBars} bars are played; at most so many are read.");
            budget.TakeBar();
            played.Add(bar);
            isInEnding |= bar.Endings != 0;
            if (bar.EndsRepeat && pass < Passes(bars, first))
            {
                (i, pass, isInEnding) = (first, pass + 1, false);
                continue;
            }
            i++;
            if (bar.EndsRepeat || bar.EndsSection && isInEnding)
                (first, pass, isInEnding) = (i, 1, false);
        }
        return played;
    }

    /// <summary>The bar after an ending that is passed over.</summary>
    private static int AfterEnding(IReadOnlyList<AbcBar> bars, int i)
    {
        do
            i++;
        while (i < bars.Count && bars[i].Endings == 0 && !bars[i].StartsRepeat && !bars[i - 1].EndsRepeat
            && !bars[i - 1].EndsSection);
        return i;
    }

    /// <summary>Two, or as many as the highest ending says.</summary>
    private static int Passes(IReadOnlyList<AbcBar> bars, int first)
    {
        int endings = 0;
        for (int i = first; i < Math.Min(bars.Count, first + Longest) && (i == first || !bars[i].StartsRepeat); i++)
        {
            endings |= bars[i].Endings;
            bool isLastEnding = bars[i].EndsSection && endings > 1;
            if (isLastEnding || bars[i].EndsRepeat && (i + 1 == bars.Count || bars[i + 1].Endings == 0))
                break;
        }
        return Math.Clamp(32 - int.LeadingZeroCount(endings), 2, MostPasses);
    }
}
