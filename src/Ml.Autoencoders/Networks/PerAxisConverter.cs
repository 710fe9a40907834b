using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Networks;

/// <summary>In a file it is a number where it is the same for each axis, as it always was, and else a list.</summary>
internal sealed class PerAxisConverter : JsonConverter<PerAxis>
{
    public override PerAxis Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? reader.GetInt32()
            : PerAxis.Of(JsonSerializer.Deserialize<int[]>(ref reader, options) ?? []);

    public override void Write(Utf8JsonWriter writer, PerAxis value, JsonSerializerOptions options)
    {
        if (value.Count == 1)
            writer.WriteNumberValue(value[0]);
        else
            JsonSerializer.Serialize(writer, value.For(value.Count), options);
    }
}
