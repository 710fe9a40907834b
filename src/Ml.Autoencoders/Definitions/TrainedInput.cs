namespace Ml.Autoencoders.Definitions;

/// <summary>The input column as it was in the fit, to recognize numbers that were meant for an earlier
/// stage.</summary>
/// <param name="Stage">The stage that wrote the column, by the name of its class; null where none did, or where that is
/// not known.</param>
/// <param name="IsNormalized">Whether ML.NET marked the column as normalized.</param>
/// <param name="Range">The range of its numbers.</param>
internal sealed record TrainedInput(string? Stage, bool IsNormalized, ValueRange Range)
{
    /// <summary>Checks that numbers can be compared with it.</summary>
    /// <exception cref="FormatException">They cannot.</exception>
    public void Check(Place place) => Range.Check(place.Part(nameof(Range)));
}
