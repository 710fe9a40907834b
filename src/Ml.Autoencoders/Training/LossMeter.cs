using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Training;

/// <summary>Adds up the loss terms of batches, weighted by their rows.</summary>
internal sealed class LossMeter
{
    /// <summary>The sum of each term over rows.</summary>
    public Dictionary<string, double> Terms { get; init; } = [];

    /// <summary>The sum of their weighted sums.</summary>
    public double Total { get; set; }

    /// <summary>How many rows were counted.</summary>
    public long Rows { get; set; }

    /// <summary>Counts a step's terms, and gives back their weighted sum.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="rows">Rows that they are means over.</param>
    /// <param name="isWatched">Whether they count toward the total, too.</param>
    public double Add(IReadOnlyList<LossTerm> terms, long rows, bool isWatched = true)
    {
        double total = 0;
        foreach (LossTerm term in terms)
        {
            double value = term.Value.item<float>();
            total += term.Weight * value;
            Terms[term.Name] = Terms.GetValueOrDefault(term.Name) + value * rows;
        }
        if (isWatched)
            Total += total * rows;
        return total;
    }

    public void CountRows(long rows) => Rows += rows;

    public EpochLoss Mean() =>
        new(Total / Rows, Terms.ToDictionary(term => term.Key, term => term.Value / Rows, StringComparer.Ordinal));
}
