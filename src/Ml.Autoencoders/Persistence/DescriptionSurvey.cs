using System.Text.Json;
using static System.FormattableString;

namespace Ml.Autoencoders.Persistence;

/// <summary>What a description says of itself, looked at before anything else in it: a newer one may say what this
/// library has no name for, and a long one may take many times its length when it is read.</summary>
internal static class DescriptionSurvey
{
    /// <summary>What is reckoned for a value: about what layers and epochs take for each that they are made
    /// of.</summary>
    public const int BytesPerValue = 64;

    private const string VersionName = "version";

    /// <param name="json">The description.</param>
    /// <param name="owner">Whose it is, as errors say it.</param>
    /// <param name="newest">The newest version that can be read.</param>
    /// <exception cref="FormatException">It is of another version, or has too many values.</exception>
    public static void Check(ReadOnlySpan<byte> json, string owner, int newest)
    {
        (int? version, long values, long letters) = Of(json);
        if (version is { } found && (found < 1 || found > newest))
            throw new FormatException(
                Invariant($"The {owner}'s description has version {found}; this library reads up to {newest}."));
        AutoencoderFiles.RequireRoom(values * BytesPerValue + letters * sizeof(char),
            Invariant($"The {values:N0} values of the {owner}'s description"));
    }

    /// <summary>The version, null where there is no such number, how many values there are, and how long texts are all
    /// together. Who reads the rest says what is wrong with it.</summary>
    private static (int? Version, long Values, long Letters) Of(ReadOnlySpan<byte> json)
    {
        int? version = null;
        long values = 0;
        long letters = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                bool isName = reader.TokenType == JsonTokenType.PropertyName;
                values += isName || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray ? 0 : 1;
                letters += reader.TokenType == JsonTokenType.String ? reader.ValueSpan.Length : 0;
                bool isVersion = isName && reader.CurrentDepth == 1 && reader.ValueTextEquals(VersionName);
                if (!isVersion || version is not null || !reader.Read())
                    continue;
                values++;
                version = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int read) ? read : null;
            }
        }
        catch (JsonException)
        {
            // As far as it is JSON.
        }
        return (version, values, letters);
    }
}
