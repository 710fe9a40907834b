using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Short forms for tests of plans.</summary>
internal static class Planning
{
    public static NetworkPlan Plan(this Network network, int inputSize, int codeSize, bool endInSigmoid = false) =>
        network.Plan(inputSize, codeSize, codeSize, endInSigmoid);

    /// <summary>The layers as the summary shows them.</summary>
    public static string[] Names(this LayerStack stack) => [.. stack.Layers.Select(layer => layer.ToString())];
}
