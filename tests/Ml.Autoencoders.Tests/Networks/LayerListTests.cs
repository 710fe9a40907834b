using System.Globalization;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class LayerListTests
{
    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("a linear layer of nothing", l => l.Linear(0),
            "Linear: outputs is 0; it must be at least 1. (Parameter 'outputs')");
        yield return Case("no filters", l => l.Convolution(0),
            "Convolution: filters is 0; it must be at least 1. (Parameter 'filters')");
        yield return Case("no kernel", l => l.Convolution(4, kernel: 0),
            "Convolution: kernel is 0; it must be at least 1. (Parameter 'kernel')");
        yield return Case("no stride", l => l.Convolution(4, stride: 0),
            "Convolution: stride is 0; it must be at least 1. (Parameter 'stride')");
        yield return Case("negative padding", l => l.Convolution(4, padding: -1),
            "Convolution: padding is -1; it must be at least 0. (Parameter 'padding')");
        yield return Case("no filters back", l => l.TransposedConvolution(0),
            "TransposedConvolution: filters is 0; it must be at least 1. (Parameter 'filters')");
        yield return Case("no kernel back", l => l.TransposedConvolution(4, kernel: 0),
            "TransposedConvolution: kernel is 0; it must be at least 1. (Parameter 'kernel')");
        yield return Case("no stride back", l => l.TransposedConvolution(4, stride: 0),
            "TransposedConvolution: stride is 0; it must be at least 1. (Parameter 'stride')");
        yield return Case("negative padding back", l => l.TransposedConvolution(4, padding: -1),
            "TransposedConvolution: padding is -1; it must be at least 0. (Parameter 'padding')");
        yield return Case("output padding of the stride", l => l.TransposedConvolution(4, stride: 3, outputPadding: 3),
            "TransposedConvolution: outputPadding is 3; it must be at most 2. (Parameter 'outputPadding')");
        yield return Case("negative output padding", l => l.TransposedConvolution(4, outputPadding: -1),
            "TransposedConvolution: outputPadding is -1; it must be at least 0. (Parameter 'outputPadding')");
        yield return Case("no channels", l => l.Reshape(0, 2, 2),
            "Reshape: channels is 0; it must be at least 1. (Parameter 'channels')");
        yield return Case("no height", l => l.Reshape(2, 0, 2),
            "Reshape: height is 0; it must be at least 1. (Parameter 'height')");
        yield return Case("no width", l => l.Reshape(2, 2, 0),
            "Reshape: width is 0; it must be at least 1. (Parameter 'width')");
        yield return Case("all dropped", l => l.Dropout(1),
            "Dropout: rate is 1; it must be at least 0 and below 1. (Parameter 'rate')");
        yield return Case("a negative rate", l => l.Dropout(-0.5f),
            "Dropout: rate is -0.5; it must be at least 0 and below 1. (Parameter 'rate')");
        yield return Case("a rate that is no number", l => l.Dropout(float.NaN),
            "Dropout: rate is NaN; it must be at least 0 and below 1. (Parameter 'rate')");
        yield return Case("an unknown activation", l => l.Activation((Activation)99),
            "Activation: activation is 99; it must be one of Relu, LeakyRelu, Elu, Gelu, Silu, Tanh, Sigmoid. " +
            "(Parameter 'activation')");

        static TestCaseData Case(string name, Action<LayerList> add, string message) =>
            new TestCaseData(add, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void A_layer_that_cannot_be_is_refused(Action<LayerList> add, string message) =>
        Assert.That(() => add(new LayerList()),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));

    [Test]
    public void Layers_stand_in_the_order_in_which_they_were_added()
    {
        LayerList list = new LayerList().Linear(8).BatchNorm().Relu().Dropout(0.25f).Linear(16).LayerNorm()
            .Reshape(1, 4, 4)
            .Convolution(2).TransposedConvolution(1).Flatten();

        Assert.That(list.Layers, Is.EqualTo(new Layer[]
        {
            new LinearLayer(8), new BatchNormLayer(), new ActivationLayer(Activation.Relu), new DropoutLayer(0.25f),
            new LinearLayer(16), new LayerNormLayer(), new ReshapeLayer(Shape.Image(1, 4, 4)),
            new ConvolutionLayer(2, 3, 2, 1), new TransposedConvolutionLayer(1, 3, 2, 1, 1, 1), new ReshapeLayer(null),
        }));
    }

    [Test]
    public void Each_activation_has_a_method_of_its_own()
    {
        LayerList list = new LayerList().Relu().LeakyRelu().Elu().Gelu().Silu().Tanh().Sigmoid();

        Assert.That(list.Layers,
            Is.EqualTo(Enum.GetValues<Activation>().Select(function => new ActivationLayer(function))));
    }

    [Test]
    public void Numbers_read_the_same_in_every_culture()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Multiple(() =>
            {
                Assert.That(new DropoutLayer(0.5f).ToString(), Is.EqualTo("Dropout(0.5)"));
                Assert.That(() => new LayerList().Dropout(1.5f),
                    Throws.Exception.With.Message.Contains("rate is 1.5;"));
                Assert.That(() => Corruption.Masking(1.5f),
                    Throws.Exception.With.Message.Contains("probability is 1.5;"));
            });
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
