using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Definitions;

/// <summary>How a model detects anomalies.</summary>
/// <param name="Threshold">A row with a score above it is called an anomaly.</param>
/// <param name="Contamination">The share of the rows that set the threshold which lies above it.</param>
/// <param name="Draws">Codes that are drawn for each row, where the score is an expectation over codes; else 0.</param>
internal sealed record Detection(float Threshold, float Contamination, int Draws)
{
    /// <summary>The scores of the rows that set the threshold; not in files before version 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReferenceScores? Reference { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="FormatException">One is not valid.</exception>
    public void Check(Place place)
    {
        Require.Finite(Threshold, place, nameof(Threshold));
        Require.BelowOne(Contamination, place, nameof(Contamination));
        CheckDraws(Draws, 0, place);
        Reference?.Check(place.Part(nameof(Reference)));
    }

    /// <summary>Whether so many codes can be drawn for each row.</summary>
    public static void CheckDraws(int draws, int least, Place place) =>
        Require.Within(draws, least, Limits.Draws, place, nameof(Draws));

    /// <summary>ML.NET's anomaly detectors all write these two columns.</summary>
    public const string ScoreName = "Score";

    /// <inheritdoc cref="ScoreName"/>
    public const string PredictedLabelName = "PredictedLabel";
}
