using Microsoft.ML;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Persistence;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Networks that are told a label: a one-hot vector behind the row, or planes behind an image.</summary>
internal sealed class ConditionedNetworkTests : TensorTests
{
    [Test]
    public void A_dense_network_takes_the_label_behind_the_row_and_behind_the_code()
    {
        NetworkPlan plan = Plan(Network.Dense(8), labels: 2);

        Assert.Multiple(() =>
        {
            Assert.That((plan.InputSize, plan.CodeSize, plan.ConditionSize), Is.EqualTo((12, 3, 2)));
            Assert.That(plan.Encoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Relu", "Linear(3)" }));
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Linear(8)", "Relu", "Linear(12)" }));
            Assert.That(plan.Parameters().Where(spec => spec.Name.EndsWith("0.weight", StringComparison.Ordinal))
                .Select(spec => spec.Shape),
                Is.EqualTo(new[] { new long[] { 8, 14 }, [8, 5] }));
        });
    }

    [Test]
    public void The_label_moves_the_output_by_its_own_column_of_the_first_weights()
    {
        using BoundNetwork weights = Weights(Plan(Network.Dense(), labels: 2));
        Tensor row = Uniform([1, 12]);
        Tensor matrix = weights["encoder.0.weight"]; // [3, 14]

        Tensor difference = Encode(weights, row, 1) - Encode(weights, row, 0);

        Assert.That(difference.squeeze(0).Doubles(),
            Is.EqualTo((matrix.select(1, 13) - matrix.select(1, 12)).Doubles()).Within(1e-6));
    }

    [Test]
    public void A_convolutional_network_takes_the_label_as_planes_and_behind_the_code()
    {
        NetworkPlan plan = Plan(Network.Convolutional(4, 3, filters: [2]), labels: 5);

        // (1 + 5) x 2 x 9 + 2, 8 x 3 + 3; (3 + 5) x 8 + 8, 2 x 1 x 9 + 1.
        Assert.That(new NetworkSummary(plan).ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "encoder  Reshape(1 x 4 x 3) + 5 planes                            6 x 4 x 3    0",
            "encoder  Convolution(2, kernel 3, stride 2, padding 1)            2 x 2 x 2  110",
            "encoder  Relu                                                     2 x 2 x 2    0",
            "encoder  Flatten                                                          8    0",
            "encoder  Linear(3)                                                        3   27",
            "decoder  Linear(8)                                                        8   72",
            "decoder  Reshape(2 x 2 x 2)                                       2 x 2 x 2    0",
            "decoder  Relu                                                     2 x 2 x 2    0",
            "decoder  TransposedConvolution(1, kernel 3, stride 2, padding 1)  1 x 4 x 3   19",
            "decoder  Flatten                                                         12    0",
            "228 parameters")));
    }

    [Test]
    public void Planes_hold_the_one_hot_label_all_over_behind_the_image()
    {
        var layer = new ConditionedReshapeLayer(Shape.Image(1, 2, 2), 3);

        Tensor images = layer.Forward(Table([1, 2, 3, 4, 0, 0, 1], [5, 6, 7, 8, 1, 0, 0]), [], ForwardMode.Prediction);

        Assert.Multiple(() =>
        {
            Assert.That(layer.OutputShape(Shape.Vector(7)), Is.EqualTo(Shape.Image(4, 2, 2)));
            Assert.That(images.shape, Is.EqualTo(new long[] { 2, 4, 2, 2 }));
            Assert.That(images[0].Floats(), Is.EqualTo(new float[] { 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1 }));
            Assert.That(images[1].Floats(), Is.EqualTo(new float[] { 5, 6, 7, 8, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0 }));
        });
    }

    [Test]
    public void Planes_of_rows_of_another_size_are_refused() =>
        Assert.That(() => new ConditionedReshapeLayer(Shape.Image(1, 2, 2), 3).OutputShape(Shape.Vector(4)),
            Throws.TypeOf<NetworkException>()
            .With.Message.EqualTo("Reshape(1 x 2 x 2) + 3 planes takes 7 numbers per row, and gets 4 (4)."));

    [Test]
    public void Pixels_of_another_number_are_refused_as_without_a_condition() =>
        Assert.That(() => Plan(Network.Convolutional(28, 28), labels: 2), Throws.TypeOf<NetworkException>()
            .With.Message.EqualTo("Reshape(1 x 28 x 28) takes 784 numbers per row, and gets 12 (12)."));

    [Test]
    public void Planes_make_a_difference()
    {
        using BoundNetwork weights = Weights(Plan(Network.Convolutional(4, 3, filters: [2]), labels: 2));
        Tensor row = Uniform([1, 12]);

        Assert.That((Encode(weights, row, 1) - Encode(weights, row, 0)).abs().max().item<float>(),
            Is.GreaterThan(1e-3));
    }

    [Test]
    public void A_decoder_that_starts_with_an_image_takes_the_label_as_planes()
    {
        Network network = Network.Compose(layers => layers.Linear(6),
            layers => layers.Reshape(1, 2, 3).Convolution(2, 3, 1, 1).Relu());
        NetworkPlan plan = network.Plan(12, 6, 6, endInSigmoid: true, conditionSize: 2);
        using BoundNetwork weights = Weights(plan);
        Tensor code = Uniform([1, 6]);

        Tensor difference = weights.Decode(code, ForwardMode.Prediction, tensor(new[] { 1L })) - weights.Decode(code,
            ForwardMode.Prediction, tensor(new[] { 0L }));

        Assert.Multiple(() =>
        {
            Assert.That(plan.Decoder.Names(), Is.EqualTo(new[]
                {
                    "Reshape(1 x 2 x 3) + 2 planes",
                    "Convolution(2, kernel 3, stride 1, padding 1)",
                    "Relu",
                    "Flatten",
                    "Sigmoid",
                }));
            Assert.That(difference.abs().max().item<float>(), Is.GreaterThan(1e-3));
        });
    }

    [TestCase("Dropout")]
    [TestCase("BatchNorm")]
    [TestCase("LayerNorm")]
    [TestCase("Tanh")]
    [TestCase("Flatten")]
    public void What_stands_before_the_image_does_not_hide_the_label(string before)
    {
        Network network = Network.Compose(layers => Add(before, layers).Reshape(1, 4, 3).Convolution(2));
        NetworkPlan plan = Plan(network, labels: 2);
        using BoundNetwork weights = Weights(plan);
        Tensor row = Uniform([1, 12]);

        Assert.Multiple(() =>
        {
            Assert.That(plan.Encoder.Names()[1], Is.EqualTo("Reshape(1 x 4 x 3) + 2 planes"));
            Assert.That((Encode(weights, row, 1) - Encode(weights, row, 0)).abs().max().item<float>(),
                Is.GreaterThan(1e-3));
        });
    }

    [TestCase("Dropout")]
    [TestCase("BatchNorm")]
    public void Such_networks_learn_what_a_label_stands_for(string before)
    {
        var ml = new MLContext();
        PlainOptions options = new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => Add(before, layers).Reshape(1, 4, 3).Convolution(4).Relu()),
            ConditionColumnName = "Kind",
            Training = Small.Training(epochs: 12),
        };
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Features", options)
            .Fit(LabeledRows.View(ml, 60));

        float[][] row = [LabeledRows.Make(1)[0].Features];

        Assert.That(model.History[^1].Training.Total, Is.LessThan(model.History[0].Training.Total / 2));
        Assert.That(model.Reconstruct(row, "bright")[0].Average() - model.Reconstruct(row, "dark")[0].Average(),
            Is.GreaterThan(0.05));
    }

    [TestCase("dense")]
    [TestCase("convolutional")]
    [TestCase("composed")]
    public void A_plan_with_a_condition_comes_back_as_it_was(string kind)
    {
        NetworkPlan plan = Plan(kind switch
        {
            "dense" => Network.Dense([8], Activation.Elu, batchNorm: true),
            "convolutional" => Network.Convolutional(4, 3),
            _ => Network.Compose(layers => layers.Dropout(0.1f).Reshape(1, 4, 3).Convolution(2),
                layers => layers.Reshape(1, 1, 3).TransposedConvolution(2)),
        }, labels: 2);

        ModelDefinition read = ModelJson.Read(ModelJson.Write(Describe(plan, ["a", "b"]))).Model;

        Assert.Multiple(() =>
        {
            Assert.That(read.Network.Encoder.Layers, Is.EqualTo(plan.Encoder.Layers));
            Assert.That(read.Network.Decoder.Layers, Is.EqualTo(plan.Decoder.Layers));
            Assert.That((read.Network.InputSize, read.Network.CodeSize, read.Network.ConditionSize),
                Is.EqualTo((12, 3, 2)));
            Assert.That(new NetworkSummary(read.Network).ToString(), Is.EqualTo(new NetworkSummary(plan).ToString()));
            Assert.That((read.Condition!.Labels, read.Condition.Rows),
                Is.EqualTo((new[] { "a", "b" }, new[] { 1L, 0 })));
        });
    }

    [Test]
    public void Of_several_reshapes_before_anything_computes_the_last_takes_the_label_in()
    {
        NetworkPlan plan = Plan(Network.Compose(layers => layers.Reshape(2, 6, 1).Tanh().Flatten().Reshape(1, 4, 3)
            .Convolution(2)), labels: 2);

        Assert.That(plan.Encoder.Layers.Take(2), Is.EqualTo(new Layer[]
        {
            new ActivationLayer(Activation.Tanh), new ConditionedReshapeLayer(Shape.Image(1, 4, 3), 2),
        }));
    }

    [Test]
    public void The_mirror_of_several_reshapes_takes_the_label_in() =>
        Assert.That(() => Plan(Network.Compose(layers => layers.Linear(12).Reshape(2, 6, 1).Flatten().Reshape(1, 4, 3)
            .Flatten().Linear(12)), labels: 2), Throws.Nothing);

    [Test]
    public void A_plan_for_other_labels_than_the_model_has_is_refused() =>
        RequireRefusal(Describe(Plan(Network.Dense(8), labels: 2), ["a", "b", "c"]),
            "model.network.conditionSize is 2; the condition has 3 labels.");

    [Test]
    public void A_plan_whose_rows_are_nothing_but_labels_is_refused() =>
        RequireRefusal(Describe(new NetworkPlan(
            new LayerStack(Shape.Vector(2), [new LinearLayer(3)]),
            new LayerStack(Shape.Vector(5), [new LinearLayer(0)]), ConditionSize: 2), ["a", "b"]),
            "model.network.encoder.inputShape is 2; it must be a vector of more than the 2 numbers of the condition.");

    [Test]
    public void A_decoder_that_computes_nothing_itself_still_takes_the_label_in()
    {
        // Codes of 10 and 2 labels are as many numbers as a row has.
        NetworkPlan plan = Network.Compose(layers => layers.Linear(10), layers => layers.Tanh())
            .Plan(12, 10, 10, endInSigmoid: false, conditionSize: 2);

        Assert.That(plan.Decoder.Names(), Is.EqualTo(new[] { "Tanh", "Linear(12)" }));
    }

    [Test]
    public void An_encoder_that_computes_nothing_itself_still_takes_the_label_in()
    {
        // Rows of 12 and 2 labels are as many numbers as a code has.
        NetworkPlan plan = Network.Compose(layers => layers.Tanh())
            .Plan(12, 14, 14, endInSigmoid: false, conditionSize: 2);

        Assert.That(plan.Encoder.Names(), Is.EqualTo(new[] { "Tanh", "Linear(14)" }));
    }

    private static LayerList Add(string layer, LayerList layers) => layer switch
    {
        "Dropout" => layers.Dropout(0.3f),
        "BatchNorm" => layers.BatchNorm(),
        "LayerNorm" => layers.LayerNorm(),
        "Tanh" => layers.Tanh(),
        _ => layers.Flatten(),
    };

    private static NetworkPlan Plan(Network network, int labels) =>
        network.Plan(12, 3, 3, endInSigmoid: false, conditionSize: labels);

    private static BoundNetwork Weights(NetworkPlan plan)
    {
        using var random = new Generator(1);
        return BoundNetwork.Initialize(plan, random, CPU);
    }

    private static Tensor Encode(BoundNetwork weights, Tensor row, long label) =>
        weights.Encode(row, ForwardMode.Prediction, tensor(new[] { label })).detach();

    private static ModelDescription Describe(NetworkPlan plan, string[] labels) => new(ModelDescription.CurrentVersion,
        new ColumnNames("In", "Out") { Condition = "Kind" },
        new ModelDefinition("Plain", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()),
            Corruption.None, InputScaling.None, new Condition(labels, [1, .. new long[labels.Length - 1]])),
        new TrainingOptions { Epochs = 1 }.Completed(Autoencoders.Training.Defaults.Standard), []);

    private static void RequireRefusal(ModelDescription description, string message) =>
        Assert.That(() => ModelJson.Read(ModelJson.Write(description)),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
}
