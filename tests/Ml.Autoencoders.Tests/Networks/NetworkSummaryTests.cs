using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class NetworkSummaryTests
{
    [Test]
    public void A_summary_prints_as_a_table()
    {
        NetworkPlan plan = Network.Dense([1000], Activation.Relu, batchNorm: true).Plan(12, 3);

        string text = new NetworkSummary(plan).ToString();

        // 12 000 + 1000, 2 x 1000 without the running statistics, 3000 + 3; 3000 + 1000, 2 x 1000, 12 000 + 12.
        Assert.That(text, Is.EqualTo(string.Join(Environment.NewLine,
            "encoder  Linear(1000)  1000  13,000",
            "encoder  BatchNorm     1000   2,000",
            "encoder  Relu          1000       0",
            "encoder  Linear(3)        3   3,003",
            "decoder  Linear(1000)  1000   4,000",
            "decoder  BatchNorm     1000   2,000",
            "decoder  Relu          1000       0",
            "decoder  Linear(12)      12  12,012",
            "36,015 parameters")));
    }

    [Test]
    public void A_line_tells_part_layer_shape_and_parameters()
    {
        LayerSummary line = new NetworkSummary(Network.Convolutional(6, 6, filters: [4]).Plan(36, 2)).Layers[1];

        Assert.That((line.Part, line.Layer, line.OutputShape, line.ParameterCount),
            Is.EqualTo(("encoder", "Convolution(4, kernel 3, stride 2, padding 1)", "4 x 3 x 3", 40L)));
    }
}
