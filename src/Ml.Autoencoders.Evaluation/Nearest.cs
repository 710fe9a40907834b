namespace Ml.Autoencoders.Evaluation;

/// <summary>The nearest of many, found without sorting them all.</summary>
internal static class Nearest
{
    /// <summary>
    /// The indices of the <paramref name="count"/> least distances, the least first; of equal ones the earlier first.
    /// </summary>
    public static int[] Of(ReadOnlySpan<float> distances, int count)
    {
        var nearest = new int[count];
        int found = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            // Not below the last of those found, and after it: too far.
            if (found == count && !(distances[i] < distances[nearest[^1]]))
                continue;
            int place = found < count ? found++ : count - 1;
            for (; place > 0 && distances[i] < distances[nearest[place - 1]]; place--)
                nearest[place] = nearest[place - 1];
            nearest[place] = i;
        }
        return nearest;
    }
}
