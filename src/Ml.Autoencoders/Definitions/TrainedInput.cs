namespace Ml.Autoencoders.Definitions;

/// <summary>What the input column was in the fit: by it numbers are told that were meant for an earlier
/// stage.</summary>
/// <param name="Stage">The stage that wrote the column, by the name of its class; null where none did, or where that is
/// not known.</param>
/// <param name="IsNormalized">Whether ML.NET marked the column as normalized.</param>
/// <param name="Range">What its numbers lay between.</param>
internal sealed record TrainedInput(string? Stage, bool IsNormalized, ValueRange Range)
{
    /// <summary>Whether numbers can be compared with it.</summary>
    /// <exception cref="FormatException">They cannot.</exception>
    public void Check(Place place) => Range.Check(place.Part(nameof(Range)));
}
