using System.Globalization;
using System.Text.Json.Serialization;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>A loss and its terms, each the mean over all rows of an epoch.</summary>
public sealed class EpochLoss
{
    [JsonConstructor]
    internal EpochLoss(double total, IReadOnlyDictionary<string, double> terms)
    {
        Total = total;
        Terms = terms;
    }

    /// <summary>
    /// The weighted sum of the terms, which training lowers. Terms that are phased in count with their full weight, and
    /// those of adversaries not at all, so that epochs can be compared.
    /// </summary>
    public double Total { get; }

    /// <summary>The terms by name, without their weights. <c>reconstruction</c> is always present.</summary>
    public IReadOnlyDictionary<string, double> Terms { get; }

    /// <summary>Checks that losses can have these values.</summary>
    /// <exception cref="FormatException">They cannot.</exception>
    internal void Check(Place place)
    {
        if (!Terms.ContainsKey("reconstruction"))
            throw place.Error(nameof(Terms), "has no reconstruction; every loss has.");
    }

    /// <summary>The total and, where there is more than one, the terms.</summary>
    public override string ToString()
    {
        string total = Total.ToString("G4", CultureInfo.InvariantCulture);
        return Terms.Count < 2
            ? total
            : $"{total} ({string.Join(", ", Terms.Select(term => Invariant($"{term.Key} {term.Value:G4}")))})";
    }
}
