namespace Ml.Autoencoders.Tests.Networks;

/// <summary>What the factory methods of <see cref="Network"/> refuse.</summary>
internal sealed class NetworkTests
{
    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("an empty hidden layer", () => Network.Dense(8, 0),
            "Network.Dense: hidden is 0; it must be at least 1. (Parameter 'hidden')");
        yield return Case("an unknown activation", () => Network.Dense([8], (Activation)99),
            "Network.Dense: activation is 99; it must be one of Relu, LeakyRelu, Elu, Gelu, Silu, Tanh, Sigmoid. " +
            "(Parameter 'activation')");
        yield return Case("no height", () => Network.Convolutional(0, 28),
            "Network.Convolutional: height is 0; it must be at least 1. (Parameter 'height')");
        yield return Case("no width", () => Network.Convolutional(28, -1),
            "Network.Convolutional: width is -1; it must be at least 1. (Parameter 'width')");
        yield return Case("no channels", () => Network.Convolutional(28, 28, 0),
            "Network.Convolutional: channels is 0; it must be at least 1. (Parameter 'channels')");
        yield return Case("an empty convolution", () => Network.Convolutional(28, 28, filters: [16, 0]),
            "Network.Convolutional: filters is 0; it must be at least 1. (Parameter 'filters')");
        yield return Case("an unknown activation of images",
            () => Network.Convolutional(28, 28, activation: (Activation)(-1)),
            "Network.Convolutional: activation is -1; it must be one of Relu, LeakyRelu, Elu, Gelu, Silu, Tanh, " +
            "Sigmoid. (Parameter 'activation')");

        static TestCaseData Case(string name, Func<Network> make, string message) =>
            new TestCaseData(make, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Mistakes))]
    public void A_network_that_cannot_be_is_refused(Func<Network> make, string message) =>
        Assert.That(() => make(), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));

    [Test]
    public void A_convolutional_network_needs_a_convolution() =>
        Assert.That(() => Network.Convolutional(28, 28, filters: []),
            Throws.TypeOf<ArgumentException>().With.Message.EqualTo(
            "Network.Convolutional: filters is empty; it must name the filters of at least one convolution. " +
            "(Parameter 'filters')"));

    [Test]
    public void Null_is_refused_where_a_list_or_an_encoder_is_needed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Network.Dense(null!),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("hidden"));
            Assert.That(() => Network.Compose(null!),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("encoder"));
        });
    }

    [Test]
    public void A_description_does_not_change_with_the_array_it_was_made_from()
    {
        int[] hidden = [8];
        Network network = Network.Dense(hidden);

        hidden[0] = 99;

        Assert.That(network.Plan(12, 2, 2, endInSigmoid: false).Encoder.Layers[0].ToString(), Is.EqualTo("Linear(8)"));
    }
}
