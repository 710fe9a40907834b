using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Definitions;

/// <summary>The window of a series that a row is.</summary>
/// <param name="Steps">Rows of the series in it, T.</param>
/// <param name="Channels">Numbers of each, C.</param>
internal sealed record WindowSize(int Steps, int Channels)
{
    /// <summary>Numbers of a window.</summary>
    [JsonIgnore]
    public long Count => (long)Steps * Channels;

    /// <exception cref="FormatException">A size is not valid.</exception>
    public void Check(Place place)
    {
        Require.AtLeast(Steps, 1, place, nameof(Steps));
        Require.AtLeast(Channels, 1, place, nameof(Channels));
    }

    public override string ToString() => FormattableString.Invariant($"{Steps} x {Channels} (steps x channels)");
}
