using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Training;

/// <summary>Adds up the loss terms of batches, weighted by their rows.</summary>
internal sealed class LossMeter
{
    private readonly Dictionary<string, (double Sum, double Weight)> _terms = [];
    private long _rows;

    /// <summary>Counts a step's terms, and gives back their weighted sum.</summary>
    public double Add(IReadOnlyList<LossTerm> terms, long rows)
    {
        double total = 0;
        foreach (LossTerm term in terms)
        {
            double value = term.Value.item<float>();
            total += term.Weight * value;
            _terms[term.Name] = (_terms.GetValueOrDefault(term.Name).Sum + value * rows, term.Weight);
        }
        return total;
    }

    public void CountRows(long rows) => _rows += rows;

    public EpochLoss Mean() => new(
        _terms.Values.Sum(term => term.Weight * term.Sum) / _rows,
        _terms.ToDictionary(term => term.Key, term => term.Value.Sum / _rows));
}
