using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Kernels, strides, paddings and sizes that no network has, some of which lead to the sizes that are expected
/// all the same.</summary>
internal static class GeometryMutation
{
    private const string GapName = "outputPaddingHeight";

    private static readonly int[] Numbers =
        [0, 1, 2, 3, 4, 5, 7, 8, 15, 64, 1000, 46341, 65536, 1_000_000, int.MaxValue, int.MaxValue - 1, int.MinValue,
            -1, -2, -3, -4, -8, -64, -999, -1_000_000];

    private static readonly int[] Strides =
        [-3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 1000, 46341, 1_000_000, int.MaxValue, int.MinValue];

    public static string Of(string json, Random random)
    {
        JsonNode root = JsonNode.Parse(json)!;
        (JsonObject Layer, int Size)[] strided = [.. Strided(root, "encoder"), .. Strided(root, "decoder")];
        JsonArray[] shapes = [.. JsonMutation.Owners(root["model"]!["network"]!).OfType<JsonObject>()
            .Select(owner => owner["dimensions"]).OfType<JsonArray>().Where(shape => shape.Count > 1)];
        switch (random.Next(10))
        {
            case < 5 when strided.Length > 0:
                (JsonObject layer, int size) = strided[random.Next(strided.Length)];
                if (layer.ContainsKey(GapName))
                    StrideTransposed(layer, size, random);
                else
                    Stride(layer, size, random);
                break;
            case < 7 when shapes.Length > 0:
                Reshape(shapes[random.Next(shapes.Length)], random);
                break;
            default:
                Number(root, random);
                break;
        }
        if (random.Next(6) == 0)
            Number(root, random);
        return root.ToJsonString();
    }

    /// <summary>The layers that have a stride, and how high the pictures are that they get.</summary>
    private static IEnumerable<(JsonObject Layer, int Size)> Strided(JsonNode root, string part)
    {
        int size = 0;
        foreach (JsonObject layer in root["model"]!["network"]![part]!["layers"]!.AsArray().OfType<JsonObject>())
        {
            if (layer["to"]?["dimensions"] is JsonArray { Count: 3 } shape)
                size = shape[1]!.GetValue<int>();
            if (!layer.ContainsKey("stride"))
                continue;
            yield return (layer, size);
            (int kernel, int stride, int padding) = Sizes(layer);
            size = layer[GapName] is { } gap
                ? (size - 1) * stride - 2 * padding + kernel + gap.GetValue<int>()
                : (size + 2 * padding - kernel) / stride + 1;
        }
    }

    /// <summary>Another stride, and the padding that leads to the same size with it; or one that does so once its
    /// double has wrapped around.</summary>
    private static void Stride(JsonObject layer, int size, Random random)
    {
        (int kernel, int stride, int padding) = Sizes(layer);
        int output = (size + 2 * padding - kernel) / stride + 1;
        int other = Strides[random.Next(Strides.Length)];
        // What the division leaves is free.
        int rest = random.Next(Math.Clamp(other, 1, 1000));
        int twice = unchecked((output - 1) * other + kernel - size + rest);
        layer["stride"] = other;
        layer["padding"] = unchecked(twice / 2 + (random.Next(4) == 0 ? int.MinValue : 0));
    }

    private static void StrideTransposed(JsonObject layer, int size, Random random)
    {
        (int kernel, int stride, int padding) = Sizes(layer);
        int gap = layer[GapName]!.GetValue<int>();
        int output = (size - 1) * stride - 2 * padding + kernel + gap;
        int other = Strides[random.Next(Strides.Length)];
        int otherPadding = random.Next(3) switch
        {
            0 => padding,
            1 => unchecked(((size - 1) * other + kernel + gap - output) / 2),
            _ => Numbers[random.Next(Numbers.Length)],
        };
        layer["stride"] = other;
        layer["padding"] = otherPadding;
        int otherGap = unchecked(output - (size - 1) * other + 2 * otherPadding - kernel);
        layer[GapName] = otherGap;
        layer["outputPaddingWidth"] = otherGap;
    }

    /// <summary>Other sizes of the same product, negative ones too.</summary>
    private static void Reshape(JsonArray shape, Random random)
    {
        int from = random.Next(shape.Count), to = random.Next(shape.Count);
        int factor = new[] { -1, -1, 2, 4, 8 }[random.Next(5)];
        if (from == to || shape[from]!.GetValue<int>() % factor != 0)
            return;
        shape[from] = shape[from]!.GetValue<int>() / factor;
        shape[to] = shape[to]!.GetValue<int>() * factor;
    }

    private static (int Kernel, int Stride, int Padding) Sizes(JsonObject layer) =>
        (layer["kernel"]!.GetValue<int>(), layer["stride"]!.GetValue<int>(), layer["padding"]!.GetValue<int>());

    private static void Number(JsonNode root, Random random)
    {
        JsonNode[] owners =
            [.. JsonMutation.Owners(root["model"]!["network"]!).Where(owner => Slots(owner).Length > 0)];
        JsonNode owner = owners[random.Next(owners.Length)];
        object[] slots = Slots(owner);
        object slot = slots[random.Next(slots.Length)];
        int number = Numbers[random.Next(Numbers.Length)];
        if (slot is string name)
            owner[name] = number;
        else
            owner[(int)slot] = number;
    }

    private static object[] Slots(JsonNode owner) => owner switch
    {
        JsonObject members => [.. members.Where(member => IsNumber(member.Value)).Select(member => member.Key)],
        JsonArray elements => [.. Enumerable.Range(0, elements.Count).Where(i => IsNumber(elements[i])).Cast<object>()],
        _ => [],
    };

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;
}
