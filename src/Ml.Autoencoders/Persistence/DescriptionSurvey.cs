using System.Text.Json;
using static System.FormattableString;

namespace Ml.Autoencoders.Persistence;

/// <summary>What a description says about itself, checked before anything else in it: a newer one may hold what this
/// library has no name for, and a long one may take many times its length when it is read.</summary>
internal static class DescriptionSurvey
{
    /// <summary>Memory counted for a value: about what layers and epochs take for each of theirs.</summary>
    public const int BytesPerValue = 64;

    private const string VersionName = "version";

    /// <summary>Bytes that the longest name takes in JSON, each character escaped as its number.</summary>
    private const int MaxKindBytes = 6 * Limits.Name;

    /// <param name="json">The description.</param>
    /// <param name="owner">Its owner, as errors name it.</param>
    /// <param name="newest">The newest version that can be read.</param>
    /// <exception cref="FormatException">It is of another version, has too many values, or longer names and kinds than
    /// there are: they would be quoted.</exception>
    public static void Check(ReadOnlySpan<byte> json, string owner, int newest)
    {
        Found found = Of(json);
        if (found.Version is { } version && (version < 1 || version > newest))
            throw new FormatException(
                Invariant($"The {owner}'s description has version {version}; this library reads up to {newest}."));
        RequireLength(found.LongestName, Limits.Name, owner, "a name");
        RequireLength(found.LongestKind, MaxKindBytes, owner, "a type name");
        AutoencoderFiles.RequireRoom(found.Room,
            Invariant($"The {found.Values:N0} values of the {owner}'s description"));
    }

    /// <summary>The memory counted for a description, in bytes.</summary>
    public static long RoomOf(ReadOnlySpan<byte> json) => Of(json).Room;

    private static void RequireLength(int bytes, int most, string owner, string what)
    {
        if (bytes > most)
            throw new FormatException(
                Invariant($"The {owner}'s description has {what} of {bytes:N0} bytes; at most {most:N0} are read."));
    }

    /// <summary>The reader of the rest reports what is wrong with it.</summary>
    private static Found Of(ReadOnlySpan<byte> json)
    {
        var found = new Found();
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
                found.Add(ref reader);
        }
        catch (JsonException)
        {
            // As far as it is JSON.
        }
        return found;
    }

    private struct Found
    {
        /// <summary>Of the two tokens before the one that is added.</summary>
        private JsonTokenType _before;
        private JsonTokenType _last;
        private bool _isVersion;

        /// <summary>Null where there is no such number.</summary>
        public int? Version { get; private set; }

        public long Values { get; private set; }

        /// <summary>How long names and texts are all together.</summary>
        public long Letters { get; private set; }

        public int LongestName { get; private set; }

        /// <summary>Of texts that come first in an object, where polymorphic ones have their kind.</summary>
        public int LongestKind { get; private set; }

        public readonly long Room => Values * BytesPerValue + Letters * sizeof(char);

        public void Add(ref Utf8JsonReader reader)
        {
            int length = reader.ValueSpan.Length;
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    break;
                case JsonTokenType.PropertyName:
                    Letters += length;
                    LongestName = Math.Max(LongestName, length);
                    break;
                case JsonTokenType.String:
                    Values++;
                    Letters += length;
                    if (_last == JsonTokenType.PropertyName && _before == JsonTokenType.StartObject)
                        LongestKind = Math.Max(LongestKind, length);
                    break;
                default:
                    Values++;
                    break;
            }
            if (_isVersion && Version is null && reader.TokenType == JsonTokenType.Number
                && reader.TryGetInt32(out int read))
                Version = read;
            _isVersion = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1
                && reader.ValueTextEquals(VersionName);
            (_before, _last) = (_last, reader.TokenType);
        }
    }
}
