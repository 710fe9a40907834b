using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Persistence;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>
/// Model files of any geometry, with the right digests and, where the description is taken, with weights of the
/// shapes that it needs: an error, or the numbers that the file says, which torch computes anew from the
/// layers, in double precision.
/// </summary>
internal sealed class MutatedArchiveTests
{
    /// <summary>So many numbers are made for a file; a description that needs more is only read.</summary>
    private const long MaxNumbers = 1 << 16;

    private static readonly string[] Extremes =
        ["0", "1", "2", "3", "4", "5", "7", "-1", "-2", "-999", "1000", "65536", "46341", "1000000", "3000000",
            "2147483647", "-2147483648", "1073741824", "4294967296", "1e300", "\"NaN\"", "null"];

    private readonly MLContext _ml = new();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void A_file_of_any_geometry_is_refused_or_computes_what_it_says(int seed)
    {
        var random = new Random(seed);
        byte[] saved = Save(seed);
        string description = new ModelZip(saved).ReadText(ModelZip.Description);
        var zip = new ModelZip(saved);
        int refused = 0, taken = 0;
        for (int i = 0; i < 250; i++)
        {
            JsonNode json = JsonNode.Parse(description)!;
            for (int edits = random.Next(1, 3); edits > 0; edits--)
                Mutate(json["model"]!, random);
            byte[] edited = Encoding.UTF8.GetBytes(json.ToJsonString());
            if (Definition(edited) is not { } definition)
                refused++;
            else if (definition.Network.Parameters().Concat(definition.OtherParameters())
                .Sum(spec => spec.Count) < MaxNumbers
                && definition.Network.DecoderWidth < MaxNumbers
                    && definition.Network.Encoder.LayerInputs.All(shape => shape.Count < MaxNumbers))
            {
                RequireNumbers(zip, edited, definition, random, json.ToJsonString());
                taken++;
            }
        }
        // Both kinds are there, or nothing was tried.
        Assert.That(refused, Is.GreaterThan(50));
        Assert.That(taken, Is.GreaterThan(15));
    }

    private byte[] Save(int seed)
    {
        Network network = (seed % 4) switch
        {
            0 => Network.Convolutional(5, 7, 1, [8, 3]),
            1 => Network.Compose(layers => layers.Reshape(1, 5, 7).Convolution(8).Relu()),
            2 => Network.Compose(layers => layers.Reshape(1, 5, 7).Convolution(4, kernel: 2, stride: 1, padding: 0)
                .Tanh().Convolution(2)),
            _ => Network.Dense([9, 8], Activation.Relu),
        };
        float[][] pictures = SmallPictures.Make(12, 5, 7);
        IDataView view = SmallPictures.View(_ml, pictures, 35);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 3,
            Network = network,
            Training = new() { Epochs = 1, BatchSize = 4, Seed = 7 },
        }).Fit(view);
        return ModelZip.Save(_ml, model, view.Schema);
    }

    /// <summary>Another number in the place of one, or an entry that is gone, null or there twice.</summary>
    private static void Mutate(JsonNode root, Random random)
    {
        JsonNode[] leaves = [.. Leaves(root["network"]!)];
        JsonNode[] layers = [.. Leaves(root["network"]!).Select(leaf => leaf.Parent).OfType<JsonObject>().Distinct()
            .Where(layer => layer.Parent is JsonArray)];
        JsonNode chosen = random.Next(8) == 0 ? layers[random.Next(layers.Length)] : leaves[random.Next(leaves.Length)];
        // One more or one less is what is most often taken.
        string value = random.Next(2) == 0 ? Extremes[random.Next(Extremes.Length)]
            : chosen is JsonValue number && number.TryGetValue(out int before) ? $"{before + random.Next(3) - 1}" : "2";
        switch (chosen.Parent)
        {
            case JsonArray list when chosen is JsonObject:
                int place = list.IndexOf(chosen);
                if (random.Next(2) == 0)
                    list.RemoveAt(place);
                else
                    list.Insert(place, random.Next(3) == 0 ? null : chosen.DeepClone());
                break;
            case JsonArray list:
                list[list.IndexOf(chosen)] = JsonNode.Parse(value);
                break;
            case JsonObject owner:
                owner[chosen.GetPropertyName()] = JsonNode.Parse(value);
                break;
        }
    }

    private static IEnumerable<JsonNode> Leaves(JsonNode node) => node switch
    {
        JsonObject members =>
            members.Where(member => member.Value is not null).SelectMany(member => Leaves(member.Value!)),
        JsonArray list => list.Where(item => item is not null).SelectMany(item => Leaves(item!)),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => [value],
        _ => [],
    };

    /// <summary>Null where the description is refused, which it has to be in words.</summary>
    private static ModelDefinition? Definition(byte[] description)
    {
        try
        {
            return ModelJson.Read(description).Model;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void RequireNumbers(ModelZip zip, byte[] description, ModelDefinition definition,
        Random random, string shown)
    {
        var numbers = new ModelNumbers();
        foreach (ParameterSpec spec in definition.Network.Parameters().Concat(definition.OtherParameters()))
            numbers.Add(spec.Name, spec.Shape,
                [.. Enumerable.Range(0, (int)spec.Count).Select(_ => random.NextSingle() - 0.5f)]);
        using var weights = new MemoryStream();
        SafeTensorsWriter.Write(weights, numbers);
        byte[] bytes = zip.Forge(ModelZip.Description, description)
            .Forge(ModelZip.Weights, weights.ToArray()).ToBytes();
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, bytes);
        float[] row = [.. Enumerable.Range(0, loaded.InputSize).Select(_ => random.NextSingle())];
        using var scope = NewDisposeScope();
        float[] code = loaded.Encode(row), decoded = loaded.Decode(code);
        Assert.That(code, Is.EqualTo(Reference(definition.Network.Encoder, NetworkPlan.EncoderName, row, numbers))
            .Within(1e-3), shown);
        Assert.That(decoded, Is.EqualTo(Reference(definition.Network.Decoder, NetworkPlan.DecoderName, code, numbers))
            .Within(1e-3), shown);
    }

    private static float[] Reference(LayerStack stack, string name, float[] row, ModelNumbers numbers)
    {
        Tensor values = tensor(row, [1, row.Length]).to(float64);
        for (int i = 0; i < stack.Layers.Count; i++)
        {
            Tensor Number(string part, params long[] shape) =>
                tensor(numbers[$"{name}.{i}.{part}"]).reshape(shape).to(float64);
            long[] shapeOf = stack.Layers[i].Parameters(stack.LayerInputs[i]) is [var first, ..] ? first.Shape : [];
            values = stack.Layers[i] switch
            {
                LinearLayer => nn.functional.linear(values, Number("weight", shapeOf), Number("bias", -1)),
                ConvolutionLayer layer => nn.functional.conv2d(values, Number("weight", shapeOf), Number("bias", -1),
                    strides: layer.Stride.For(2), padding: layer.Padding.For(2)),
                TransposedConvolutionLayer layer =>
                nn.functional.conv_transpose2d(values, Number("weight", shapeOf), Number("bias", -1),
                    strides: layer.Stride.For(2), padding: layer.Padding.For(2),
                    output_padding: layer.OutputPadding.For(2)),
                ReshapeLayer { To: { } to } => values.reshape(to.WithBatch()),
                ReshapeLayer => values.flatten(1),
                ActivationLayer { Function: Activation.Relu } => values.relu(),
                ActivationLayer { Function: Activation.Tanh } => values.tanh(),
                Layer other =>
                throw new NotSupportedException($"{other} is not among the layers that these files hold."),
            };
        }
        return values.to(float32).data<float>().ToArray();
    }
}
