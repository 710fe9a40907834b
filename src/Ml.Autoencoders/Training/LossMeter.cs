using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Training;

/// <summary>Adds up the loss terms of batches, weighted by their rows.</summary>
internal sealed class LossMeter
{
    private readonly Dictionary<string, double> _terms = [];
    private double _total;
    private long _rows;

    /// <summary>Counts a step's terms, and gives back their weighted sum.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="rows">Rows that they are means over.</param>
    /// <param name="isWatched">Whether they count to the total, too.</param>
    public double Add(IReadOnlyList<LossTerm> terms, long rows, bool isWatched = true)
    {
        double total = 0;
        foreach (LossTerm term in terms)
        {
            double value = term.Value.item<float>();
            total += term.Weight * value;
            _terms[term.Name] = _terms.GetValueOrDefault(term.Name) + value * rows;
        }
        if (isWatched)
            _total += total * rows;
        return total;
    }

    public void CountRows(long rows) => _rows += rows;

    public EpochLoss Mean() => new(_total / _rows, _terms.ToDictionary(term => term.Key, term => term.Value / _rows, StringComparer.Ordinal));
}
