using System.Text;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>A plan as it stands in a model file.</summary>
internal sealed class NetworkPlanJsonTests
{
    private static IEnumerable<TestCaseData> Plans()
    {
        yield return Case("dense", Network.Dense([8, 6], Activation.Silu, batchNorm: true)
            .Plan(12, 3, endInSigmoid: true));
        yield return Case("convolutional", Network.Convolutional(5, 7, 3, [4, 6], Activation.Elu).Plan(105, 3));
        yield return Case("every layer", Network.Compose(
            l => l.Linear(16).LayerNorm().Tanh().Dropout(0.1f).Reshape(1, 4, 4).Convolution(2, 5, 1, 2).BatchNorm()
                .LeakyRelu().Flatten(),
            l => l.Linear(8).Gelu().Reshape(2, 2, 2).TransposedConvolution(3).Relu()).Plan(12, 3, endInSigmoid: true));

        static TestCaseData Case(string name, NetworkPlan plan) => new TestCaseData(plan).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Plans))]
    public void A_plan_comes_back_as_it_was(NetworkPlan plan)
    {
        NetworkPlan read = ModelJson.Read(ModelJson.Write(Describe(plan))).Model.Network;

        Assert.Multiple(() =>
        {
            Assert.That(read.Encoder.Layers, Is.EqualTo(plan.Encoder.Layers));
            Assert.That(read.Decoder.Layers, Is.EqualTo(plan.Decoder.Layers));
            Assert.That((read.InputSize, read.CodeSize), Is.EqualTo((plan.InputSize, plan.CodeSize)));
            Assert.That(read.Decoder.OutputShape, Is.EqualTo(plan.Decoder.OutputShape));
            Assert.That(new NetworkSummary(read).ToString(), Is.EqualTo(new NetworkSummary(plan).ToString()));
        });
    }

    [Test]
    public void Every_kind_of_layer_has_a_name_in_the_file()
    {
        NetworkPlan image = Network.Convolutional(4, 3).Plan(12, 3, 3, endInSigmoid: false, conditionSize: 2);
        string json = Encoding.UTF8.GetString(ModelJson.Write(Describe((NetworkPlan)Plans().Last().Arguments[0]!)))
            + Encoding.UTF8.GetString(ModelJson.Write(Describe(image)));

        Assert.That(typeof(Layer).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Layer))), Is.EqualTo(
            new[]
            {
                "linear",
                "convolution",
                "transposedConvolution",
                "reshape",
                "conditionedReshape",
                "activation",
                "batchNorm",
                "layerNorm",
                "dropout",
            }
                .Count(name => json.Contains($"\"layer\": \"{name}\"", StringComparison.Ordinal))));
    }

    [Test]
    public void Layers_that_do_not_fit_each_other_are_refused()
    {
        string json = Encoding.UTF8.GetString(ModelJson.Write(Describe(Network.Dense().Plan(12, 3))));
        string damaged = json.Replace("\"layer\": \"linear\",",
            "\"layer\": \"convolution\", \"kernel\": 3, \"stride\": 2, \"padding\": 1,", StringComparison.Ordinal)
            .Replace("\"outputs\"", "\"filters\"", StringComparison.Ordinal);

        Assert.That(() => ModelJson.Read(Encoding.UTF8.GetBytes(damaged)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(
            "model.network.encoder.layers[0]: Convolution(3, kernel 3, stride 2, padding 1) takes an image (channels " +
            "x height x width), and gets 12: put Reshape(...) before it."));
    }

    [Test]
    public void A_layer_that_is_null_is_refused()
    {
        string json = Encoding.UTF8.GetString(ModelJson.Write(Describe(Network.Compose(_ => { }).Plan(12, 12))));
        string damaged = System.Text.RegularExpressions.Regex.Replace(json, "\"layers\": \\[[^]]*\\]",
            "\"layers\": [null]",
            System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

        Assert.That(() => ModelJson.Read(Encoding.UTF8.GetBytes(damaged)), Throws.TypeOf<FormatException>());
    }

    private static ModelDescription Describe(NetworkPlan plan) => new(ModelDescription.CurrentVersion,
        new ColumnNames("In", "Out", null, null),
        new ModelDefinition("Plain", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()),
            Corruption.None, InputScaling.None),
        new TrainingOptions { Epochs = 1 }, []);
}
