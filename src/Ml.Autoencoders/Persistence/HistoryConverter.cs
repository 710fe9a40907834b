using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Persistence;

/// <summary>The epochs of a fit as JSON, in few bytes: each number of an epoch in an array with that of the others. Up
/// to version 1 of descriptions there was an object for each epoch, which is read, too.</summary>
internal sealed class HistoryConverter : JsonConverter<IReadOnlyList<TrainingEpoch>>
{
    /// <summary>More than an epoch takes: 25 characters for each of 3 numbers, and of a loss and up to 7 terms, in
    /// training and validation, and 8 for its own where it was the best so far.</summary>
    public const int MaxBytesPerEpoch = 512;

    /// <summary>The same in values: those numbers, and its own.</summary>
    public const int MaxValuesPerEpoch = 20;

    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(IReadOnlyList<TrainingEpoch>)
        || typeToConvert == typeof(List<TrainingEpoch>);

    public override IReadOnlyList<TrainingEpoch> Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A history is a list.");
        var history = new List<TrainingEpoch>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (IsRun(reader))
                history.AddRange(JsonSerializer.Deserialize<HistoryRun>(ref reader, options)!.Epochs());
            else
                history.Add(JsonSerializer.Deserialize<TrainingEpoch>(ref reader, options)!);
        }
        return history;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<TrainingEpoch> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (HistoryRun run in HistoryRun.Of(value))
            writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(run, Compact), skipInputValidation: true);
        writer.WriteEndArray();
    }

    /// <summary>Whether it is an object that begins as those do that are written now.</summary>
    private static bool IsRun(Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            && reader.ValueTextEquals("first");
}
