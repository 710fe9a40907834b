using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ml.Autoencoders.Tests;

/// <summary>Other values in the place of what a model file says, with the right digests.</summary>
internal static class DescriptionEdit
{
    /// <param name="saved">A saved stage.</param>
    /// <param name="path">Of the entry: <c>model.network.encoder.layers[1].stride</c>.</param>
    /// <param name="json">What it says then; null removes the entry.</param>
    /// <param name="name">Of the description.</param>
    public static ModelZip Edited(byte[] saved, string path, string? json, string name = ModelZip.Description)
    {
        var zip = new ModelZip(saved);
        JsonNode description = JsonNode.Parse(zip.Read(name))!;
        string[] steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        JsonNode parent = steps[..^1].Aggregate(description,
            (node, step) => step[0] == '[' ? node[IndexOf(step)]! : node[step]!);
        if (parent is JsonArray list)
            Put(list, IndexOf(steps[^1]), json);
        else
            Put(parent.AsObject(), steps[^1], json);
        return zip.Forge(name,
            Encoding.UTF8.GetBytes(description.ToJsonString(new JsonSerializerOptions { MaxDepth = 200 })));
    }

    private static int IndexOf(string step) =>
        int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture);

    private static void Put(JsonArray list, int index, string? json)
    {
        if (json is null)
            list.RemoveAt(index);
        else
            list[index] = JsonNode.Parse(json);
    }

    private static void Put(JsonObject parent, string name, string? json)
    {
        if (!parent.ContainsKey(name))
            throw new ArgumentException($"There is no '{name}' in {parent.ToJsonString()}", nameof(name));
        if (json is null)
            parent.Remove(name);
        else
            parent[name] = JsonNode.Parse(json);
    }
}
