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

        yield return Case("composite", Network.Compose(
            l => l.Sequence(4, 3).PerStep(step => step.Linear(5).Tanh().Residual(inner => inner.LayerNorm().Linear(5)))
                .Linear(6, lastAxis: true).LayerNorm(lastAxis: true),
            l => l.Linear(24).Reshape(2, 3, 4).ConvolutionPerAxis(2, [3, 2], [2, 1], [1, 0])
                .TransposedConvolutionPerAxis(2, [2, 3], [1, 2], [0, 1], [0, 1])).Plan(12, 3));
        yield return Case("dilated", Network.Temporal([4, 3], dilated: true)
            .Plan(12, 3, 3, endInSigmoid: false, sequence: new SequenceFormat(6, 2)));
        yield return Case("feedback", Network.Recurrent([4, 3], feedsBack: true, droppedInputs: 0.5f,
            scheduledSampling: 0.25f)
            .Plan(12, 3, 3, endInSigmoid: true, sequence: new SequenceFormat(6, 2)));
        yield return Case("hierarchical", Network.Recurrent([4, 3], segments: 3)
            .Plan(12, 3, 3, endInSigmoid: true, sequence: new SequenceFormat(6, 2)));
        yield return Case("tokens", Network.Compose(l => l.Tokens(12, 3).Flatten().Linear(5).Relu(), l => l.Linear(5))
            .Plan(12, 3));
        yield return Case("recurrent", Network.Compose(l => l.Sequence(4, 3).Recurrent(5, bidirectional: true)
            .Recurrent(2, RecurrentCell.Gru, lastState: true)).Plan(12, 3));

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
        string json = string.Concat(Plans().Select(plan =>
            Encoding.UTF8.GetString(ModelJson.Write(Describe((NetworkPlan)plan.Arguments[0]!)))))
            + Encoding.UTF8.GetString(ModelJson.Write(Describe(image)));

        Assert.That(typeof(Layer).Assembly.GetTypes()
            .Count(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract), Is.EqualTo(
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
                "residual",
                "perStep",
                "causalConvolution",
                "recurrent",
                "unfolding",
                "feedback",
                "token",
                "perSegment",
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
            "x height x width) or a sequence (channels x steps), and gets 12: put Reshape(...) or Sequence(...) " +
            "before it."));
    }

    /// <summary>As it stood in files before convolutions had a number for each axis, and sequences.</summary>
    [Test]
    public void Layers_of_former_files_are_the_same()
    {
        const string Former = """
            [{"layer":"reshape","to":{"dimensions":[1,5,6]}},
             {"layer":"convolution","filters":4,"kernel":3,"stride":2,"padding":1},
             {"layer":"layerNorm"},
             {"layer":"transposedConvolution","filters":2,"kernel":3,"stride":2,"padding":1,
              "outputPaddingHeight":0,"outputPaddingWidth":1},
             {"layer":"reshape","to":null},
             {"layer":"linear","outputs":7}]
            """;

        Layer[] read = ModelJson.FromJson<Layer[]>(Encoding.UTF8.GetBytes(Former), "model");

        Assert.That(read, Is.EqualTo(new Layer[]
        {
            new ReshapeLayer(Shape.Image(1, 5, 6)), new ConvolutionLayer(4, 3, 2, 1), new LayerNormLayer(),
            new TransposedConvolutionLayer(2, 3, 2, 1, 0, 1), new ReshapeLayer(null), new LinearLayer(7),
        }));
        Assert.That(Squeezed(Encoding.UTF8.GetString(ModelJson.ToJson<Layer[]>(read))), Is.EqualTo(Squeezed(Former)));

        static string Squeezed(string json) => string.Concat(json.Where(character => !char.IsWhiteSpace(character)));
    }

    [Test]
    public void What_only_layers_of_tokens_have_comes_back()
    {
        Layer[] layers =
        [
            new FeedbackLayer(RecurrentCell.Gru, [4, 3], 6, 5, 0.5f) { GivesLogOdds = true, ScheduledSampling = 0.25f },
            new TokenLayer(7, 8) { Labels = 2 },
        ];
        Assert.That(ModelJson.FromJson<Layer[]>(ModelJson.ToJson<Layer[]>(layers), "model"), Is.EqualTo(layers));
    }

    [TestCase("[]", "1", "kernel is empty; it must be one number, or one for height and one for width.")]
    [TestCase("[3, 3, 2]", "1", "kernel is [3 x 3 x 2]; it must be one number, or one for height and one for width.")]
    [TestCase("[3, 0]", "0", "kernel is 0; it must be at least 1.")]
    [TestCase("[3, 1000000]", "1", "kernel is 1000000; it must be at most 65536.")]
    [TestCase("[3, 1]", "[1, 2]", "padding is 2; it must be at most 1, as the kernel.")]
    public void Numbers_by_axis_are_checked(string kernel, string padding, string message)
    {
        string json = Encoding.UTF8.GetString(ModelJson.Write(Describe(
            Network.Compose(l => l.Reshape(1, 3, 4).Convolution(2, kernel: 7, padding: 6)).Plan(12, 3))));
        string damaged = json.Replace("\"kernel\": 7", $"\"kernel\": {kernel}", StringComparison.Ordinal)
            .Replace("\"padding\": 6", $"\"padding\": {padding}", StringComparison.Ordinal);

        Assert.That(() => ModelJson.Read(Encoding.UTF8.GetBytes(damaged)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo($"model.network.encoder.layers[1].{message}"));
    }

    [Test]
    public void Layers_that_lie_too_deep_are_refused()
    {
        Layer layer = new ActivationLayer(Activation.Relu);
        for (int depth = 0; depth < 17; depth++)
            layer = new ResidualLayer([layer]);
        var stack = new LayerStack(Shape.Vector(12), [layer]);

        Assert.That(() => ModelJson.Read(ModelJson.Write(Describe(new NetworkPlan(stack, stack)))),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(
            "model.network.encoder.layers[0]: layers lie in each other 17 deep; at most 16 are possible."));
    }

    [Test]
    public void A_layer_in_a_layer_is_checked_with_its_place()
    {
        var stack = new LayerStack(Shape.Vector(12), [new ActivationLayer(Activation.Relu),
            new ResidualLayer([new ResidualLayer([new LinearLayer(0)])])]);

        Assert.That(() => ModelJson.Read(ModelJson.Write(Describe(new NetworkPlan(stack, stack)))),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(
            "model.network.encoder.layers[1].layers[0].layers[0].outputs is 0; it must be at least 1."));
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
        new TrainingOptions { Epochs = 1 }.Completed(Autoencoders.Training.Defaults.Standard), []);
}
