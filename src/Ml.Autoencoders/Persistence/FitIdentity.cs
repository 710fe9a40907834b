using System.Text.Json.Nodes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Persistence;

/// <summary>What has to be the same for a fit to resume where another ended.</summary>
/// <param name="Columns">What is read and written.</param>
/// <param name="Model">What is trained, with the labels and ranges of the rows.</param>
/// <param name="Training">How.</param>
/// <param name="Seed">The seed of all draws.</param>
/// <param name="Rows">The digest of the rows; see <see cref="RowDigest"/>.</param>
internal sealed record FitIdentity(ColumnNames Columns, ModelDefinition Model, TrainingOptions Training,
    int Seed, string Rows)
{
    /// <summary>Checks that there can be such a fit. A running one is valid by construction; a file may hold
    /// anything.</summary>
    /// <exception cref="FormatException">There cannot. The message names the entry.</exception>
    public void Check(Place place)
    {
        Columns.Check(place.Part(nameof(Columns)));
        Model.Check(place.Part(nameof(Model)));
        Training.Check(place.Part(nameof(Training)));
    }

    /// <summary>The first difference, in words: where, and the two values; null where there is none.</summary>
    public string? DifferenceFrom(FitIdentity other)
    {
        if (Difference("", JsonNode.Parse(ModelJson.ToJson(this with { Rows = "" })),
            JsonNode.Parse(ModelJson.ToJson(other with { Rows = "" }))) is { } difference)
            return difference;
        return Rows == other.Rows ? null : "the rows are different";
    }

    private static string? Difference(string path, JsonNode? here, JsonNode? there)
    {
        if (JsonNode.DeepEquals(here, there))
            return null;
        if (here is JsonObject left && there is JsonObject right)
        {
            return left.Select(member => member.Key).Union(right.Select(member => member.Key))
                .Select(name => Difference(path.Length == 0 ? name : $"{path}.{name}", left[name], right[name]))
                .OfType<string>().FirstOrDefault();
        }
        return $"{path} is {Json(here)} here and {Json(there)} there";
    }

    private static string Json(JsonNode? node) => node is null ? "nothing" : Shown.Text(node.ToJsonString());
}
