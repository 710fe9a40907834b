using System.Text.Json.Nodes;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>What somebody who knows the format may write into a description.</summary>
internal static class JsonMutation
{
    private const int OneIsLongOf = 100;
    private const int MinLong = 1 << 20;
    private const int MaxLong = 1 << 27;

    private static readonly string[] Values =
    [
        "null", "-1", "0", "1", "2", "7", "-0.0", "0.5", "1e-46", "1e-40", "3.4e38", "1e39", "-3.4e38", "1e300",
            "2147483647", "-2147483648", "2147483648", "4294967297",
        "9223372036854775807", "1e400", "\"\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"Code\"", "\"Features\"",
            "\"\\u0000\"", "true", "false", "\"10675199.02:48:05.4775807\"", "\"-00:00:01\"",
        "[]", "[null]", "{}", "[0]", "[-1,-1]", "[1,1,64]", "{\"least\":1,\"greatest\":0}",
    ];

    /// <summary>One to three changes, and once in a while a name or a text of up to 128 MiB.</summary>
    public static string Of(string json, Random random)
    {
        if (random.Next(OneIsLongOf) == 0)
            return WithLong(json, random);
        JsonNode root = JsonNode.Parse(json)!;
        string? doubled = null;
        for (int i = random.Next(3) == 0 ? random.Next(2, 4) : 1; i > 0; i--)
        {
            JsonNode?[] owners = [.. Owners(root)];
            doubled = Change(owners[random.Next(owners.Length)]!, root, random) ?? doubled;
        }
        string text = root.ToJsonString();
        return doubled is null ? text : Doubled(text, doubled);
    }

    /// <summary>All objects and arrays with something in them.</summary>
    public static IEnumerable<JsonNode> Owners(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray elements => elements,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(Owners).Concat(children.Any() ? [node] : []);
    }

    /// <summary>The name of a member to be written twice; null where there is none.</summary>
    private static string? Change(JsonNode owner, JsonNode root, Random random)
    {
        if (owner is JsonArray array)
        {
            int index = random.Next(array.Count);
            switch (random.Next(4))
            {
                case 0: array.RemoveAt(index); break;
                case 1: array.Insert(index, array[random.Next(array.Count)]?.DeepClone()); break;
                default: array[index] = Value(array[index], root, random); break;
            }
            return null;
        }
        var members = (JsonObject)owner;
        string name = members.ElementAt(random.Next(members.Count)).Key;
        switch (random.Next(8))
        {
            case 0: members.Remove(name); return null;
            case 1: members[name + "s"] = members[name]?.DeepClone(); return null;
            case 2: return name;
            default: members[name] = Value(members[name], root, random); return null;
        }
    }

    private static JsonNode? Value(JsonNode? found, JsonNode root, Random random)
    {
        switch (random.Next(4))
        {
            case 0 when found?.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                double number = found.GetValue<double>();
                double near =
                    new[] { number + 1, number - 1, -number, 2 * number, number / 2, number * 1000 }[random.Next(6)];
                return double.IsFinite(near) ? near : 0;
            case 1:
                JsonNode[] owners = [.. Owners(root)];
                return owners[random.Next(owners.Length)].DeepClone();
            default:
                return JsonNode.Parse(Values[random.Next(Values.Length)]);
        }
    }

    private static string WithLong(string json, Random random)
    {
        var letters = new string('a', random.Next(MinLong, MaxLong));
        int colon = json.IndexOf("\":", random.Next(json.Length / 2), StringComparison.Ordinal);
        if (random.Next(2) == 0)
            return json.Insert(colon, letters);
        int end = json.IndexOfAny([',', '}', ']'], colon);
        return string.Concat(json.AsSpan(0, colon), $"\":\"{letters}\"", json.AsSpan(end));
    }

    private static string Doubled(string text, string name)
    {
        string key = $"\"{name}\":";
        int place = text.IndexOf(key, StringComparison.Ordinal);
        return place < 0 ? text : text.Insert(place, $"{key}0,");
    }
}
