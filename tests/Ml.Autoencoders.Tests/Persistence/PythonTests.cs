using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>
/// What Python finds in a file of weights. The numbers are read without the library, and put into the
/// formulas of PyTorch's own documentation (<c>nn.Linear</c>, <c>nn.Conv2d</c>, <c>nn.ConvTranspose2d</c>),
/// which say what each axis means.
/// </summary>
internal sealed class PythonTests
{
    private readonly MLContext _ml = new();
    private readonly float[] _row = Rows.Make(1, seed: 9)[0].Features;

    [Test]
    public void A_linear_layer_is_weight_out_in()
    {
        using AutoencoderTransformer model = Fit(Network.Dense());
        Dictionary<string, (long[] Shape, float[] Values)> weights = WeightsOf(model);
        Assert.That(weights.Select(weight => $"{weight.Key} {string.Join(' ', weight.Value.Shape)}"),
            Is.EquivalentTo(new[]
        {
            "encoder.0.weight 3 12", "encoder.0.bias 3", "decoder.0.weight 12 3", "decoder.0.bias 12",
        }));
        float[] expected = Linear(weights, "encoder.0", _row);
        Assert.That(model.Encode(_row), Is.EqualTo(expected).Within(1e-5));
        Assert.That(model.Decode(expected), Is.EqualTo(Linear(weights, "decoder.0", expected)).Within(1e-5));
    }

    [Test]
    public void Convolutions_are_filters_channels_height_width_and_transposed_ones_channels_filters()
    {
        // Unpadded, with a stride of 1, so that the formulas are short: 1 x 3 x 4 to 2 x 2 x 3, and back from 2 x 2
        // x 3.
        using AutoencoderTransformer model = Fit(Network.Compose(
            encoder => encoder.Reshape(1, 3, 4).Convolution(2, kernel: 2, stride: 1, padding: 0),
            decoder =>
            decoder.Linear(12).Reshape(2, 2, 3)
                .TransposedConvolution(1, kernel: 2, stride: 1, padding: 0, outputPadding: 0)));
        Dictionary<string, (long[] Shape, float[] Values)> weights = WeightsOf(model);
        Assert.That(weights.Select(weight => $"{weight.Key} {string.Join(' ', weight.Value.Shape)}"),
            Is.EquivalentTo(new[]
        {
            "encoder.1.weight 2 1 2 2", "encoder.1.bias 2", "encoder.3.weight 3 12", "encoder.3.bias 3",
            "decoder.0.weight 12 3", "decoder.0.bias 12", "decoder.2.weight 2 1 2 2", "decoder.2.bias 1",
        }));

        var convolved = new float[12];
        foreach ((int filter, int y, int x) in Places())
        {
            float sum = weights["encoder.1.bias"].Values[filter];
            for (int i = 0; i < 4; i++)
                sum += weights["encoder.1.weight"].Values[filter * 4 + i] * _row[(y + i / 2) * 4 + x + i % 2];
            convolved[filter * 6 + y * 3 + x] = sum;
        }
        float[] code = Linear(weights, "encoder.3", convolved);
        Assert.That(model.Encode(_row), Is.EqualTo(code).Within(1e-5));

        float[] hidden = Linear(weights, "decoder.0", code);
        float[] expected = [.. Enumerable.Repeat(weights["decoder.2.bias"].Values[0], 12)];
        foreach ((int channel, int y, int x) in Places())
        {
            for (int i = 0; i < 4; i++)
                expected[(y + i / 2) * 4 + x + i % 2] += weights["decoder.2.weight"]
                    .Values[channel * 4 + i] * hidden[channel * 6 + y * 3 + x];
        }
        Assert.That(model.Decode(code), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void The_script_knows_every_layer_and_every_activation()
    {
        string script = File.ReadAllText(Repository.PathOf("docs/python/autoencoder.py"));
        foreach (JsonDerivedTypeAttribute layer in typeof(Layer).GetCustomAttributes<JsonDerivedTypeAttribute>())
            Assert.That(script, Does.Contain($"case \"{layer.TypeDiscriminator}\":"));
        foreach (Activation function in Enum.GetValues<Activation>())
            Assert.That(script, Does.Contain($"\"{JsonNamingPolicy.CamelCase.ConvertName($"{function}")}\": nn."));
    }

    [Test]
    public void The_script_reads_what_stands_in_a_description()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2).Relu().Dropout(0.1f)),
            ConditionColumnName = "Kind",
            Training = Small.Training(),
        }).Fit(LabeledRows.View(_ml, 20));
        var zip = new ModelZip(ModelZip.Save(_ml, model, LabeledRows.View(_ml, 1).Schema));
        using JsonDocument description = JsonDocument.Parse(zip.ReadText(ModelZip.Description));
        JsonElement network = description.RootElement.GetProperty("model").GetProperty("network");
        string[] keys = [.. new[] { "encoder", "decoder" }
            .SelectMany(name => network.GetProperty(name).GetProperty("layers").EnumerateArray())
            .SelectMany(layer => layer.EnumerateObject()).Select(property => property.Name).Distinct()];
        string script = File.ReadAllText(Repository.PathOf("docs/python/autoencoder.py"));
        Assert.That(keys, Has.Length.GreaterThan(8));
        foreach (string key in keys)
            Assert.That(script, Does.Contain($"layer[\"{key}\"]"));
    }

    private AutoencoderTransformer Fit(Network network) => _ml.Transforms.Autoencoders.Plain("Code", "Features",
        new() { CodeSize = 3, Network = network, Training = Small.Training() }).Fit(Rows.View(_ml, 20));

    /// <summary>Of two maps of 2 x 3.</summary>
    private static IEnumerable<(int Map, int Y, int X)> Places() =>
        from map in Enumerable.Range(0, 2)
        from y in Enumerable.Range(0, 2)
        from x in Enumerable.Range(0, 3)
        select (map, y, x);

    /// <summary>y = W x + b, with <c>weight [out, in]</c>.</summary>
    private static float[] Linear(Dictionary<string, (long[] Shape, float[] Values)> weights, string layer,
        float[] values)
    {
        (long[] shape, float[] weight) = weights[$"{layer}.weight"];
        return [.. weights[$"{layer}.bias"]
            .Values.Select((bias, o) => bias
                + values.Select((value, i) => value * weight[o * (int)shape[1] + i]).Sum())];
    }

    /// <summary>As the format's own description has it: a length, a JSON header, numbers.</summary>
    private static Dictionary<string, (long[] Shape, float[] Values)> WeightsOf(AutoencoderTransformer model)
    {
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights"));
        byte[] file = File.ReadAllBytes(folder.File("weights"));
        int length = (int)BitConverter.ToInt64(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        return header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__")
            .ToDictionary(tensor => tensor.Name, tensor =>
        {
            int[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray()
                .Select(offset => offset.GetInt32())];
            var values = new float[(offsets[1] - offsets[0]) / sizeof(float)];
            Buffer.BlockCopy(file, 8 + length + offsets[0], values, 0, offsets[1] - offsets[0]);
            return (tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())
                .ToArray(), values);
        }, StringComparer.Ordinal);
    }
}
