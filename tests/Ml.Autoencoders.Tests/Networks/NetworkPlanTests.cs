using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class NetworkPlanTests : TensorTests
{
    [Test]
    public void Dense_parameters_have_the_names_and_shapes_of_PyTorch()
    {
        NetworkPlan plan = Network.Dense([8], Activation.Relu, batchNorm: true).Plan(12, 3);
        var encoder = nn.Sequential(nn.Linear(12, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3));
        var decoder = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 12));

        Assert.That(Described(plan), Is.EquivalentTo(StateOf("encoder", encoder).Concat(StateOf("decoder", decoder))));
    }

    [Test]
    public void Convolutional_parameters_have_the_names_and_shapes_of_PyTorch()
    {
        NetworkPlan plan = Network.Compose(l => l.Reshape(3, 8, 8).Convolution(4).BatchNorm().Relu().LayerNorm())
            .Plan(192, 2);
        var encoder = nn.Sequential(nn.Unflatten(1, [3, 8, 8]), nn.Conv2d(3, 4, (long)3, stride: 2, padding: 1),
            nn.BatchNorm2d(4), nn.ReLU(),
            nn.LayerNorm([4, 4, 4]), nn.Flatten(), nn.Linear(64, 2));
        var decoder = nn.Sequential(nn.Linear(2, 64), nn.Unflatten(1, [4, 4, 4]), nn.BatchNorm2d(4), nn.ReLU(),
            nn.LayerNorm([4, 4, 4]),
            nn.ConvTranspose2d(4, 3, (long)3, stride: 2, padding: 1, output_padding: 1), nn.Flatten());

        Assert.That(Described(plan), Is.EquivalentTo(StateOf("encoder", encoder).Concat(StateOf("decoder", decoder))));
    }

    [Test]
    public void Running_statistics_are_not_trained()
    {
        NetworkPlan plan = Network.Dense([8], Activation.Relu, batchNorm: true).Plan(12, 3);

        Assert.That(plan.Parameters().Where(spec => !spec.IsTrained).Select(spec => spec.Name), Is.EqualTo(new[]
            { "encoder.1.running_mean", "encoder.1.running_var", "decoder.1.running_mean", "decoder.1.running_var" }));
    }

    private static IEnumerable<string> Described(NetworkPlan plan) =>
        plan.Parameters().Select(spec => $"{spec.Name} [{string.Join(", ", spec.Shape)}]");

    /// <summary>The count of batches is torch's own book-keeping, and not needed with a fixed momentum.</summary>
    private static IEnumerable<string> StateOf(string prefix, nn.Module module) =>
        module.state_dict()
            .Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            .Select(entry => $"{prefix}.{entry.Key} [{string.Join(", ", entry.Value.shape)}]");
}
