using System.Text.Json;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// A <see cref="ModelDescription"/> as JSON. Types are named from closed lists; reading one creates nothing else.
/// </summary>
internal static class ModelJson
{
    /// <summary>The longest description that is read. A model that would have a longer one is refused before it is
    /// trained.</summary>
    public const int MaxBytes = 1 << 29;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        // The loss over validation rows may be infinite; that does not end the fit.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new HistoryConverter(),
        },
    };

    public static byte[] Write(ModelDescription description) => ToJson(description);

    /// <summary>Anything that is made of descriptions.</summary>
    public static byte[] ToJson<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="owner">Its owner, as errors name it.</param>
    /// <param name="check">Throws where what was read is inconsistent.</param>
    /// <exception cref="FormatException">It is not the description of a <typeparamref name="T"/>.</exception>
    public static T FromJson<T>(ReadOnlySpan<byte> json, string owner, Action<T>? check = null)
        where T : class
    {
        try
        {
            T value = JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new FormatException($"The {owner}'s description is empty.");
            check?.Invoke(value);
            return value;
        }
        catch (Exception error) when (error is JsonException or NetworkException or ArgumentException
            or ArithmeticException or NotSupportedException)
        {
            throw new FormatException($"The {owner}'s description cannot be read: {Shown.Text(error.Message)}", error);
        }
    }

    /// <exception cref="FormatException">It is not the description of a model, or of one from a
    /// newer version.</exception>
    public static ModelDescription Read(ReadOnlySpan<byte> json)
    {
        DescriptionSurvey.Check(json, "model", ModelDescription.CurrentVersion);
        return FromJson<ModelDescription>(json, "model", description => description.Check());
    }

    /// <exception cref="FormatException">A description of that length is not read.</exception>
    public static void RequireLength(long bytes, string name)
    {
        if (bytes > MaxBytes)
            throw new FormatException(
                FormattableString.Invariant($"'{name}' is {bytes:N0} bytes long; at most {MaxBytes:N0} are read."));
        AutoencoderFiles.RequireRoom(bytes, $"'{name}'");
    }
}
