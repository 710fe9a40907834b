using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders.Models;

/// <summary>What a trained autoencoder is, apart from its numbers: one choice on each axis. Data only.</summary>
internal sealed record ModelDefinition(
    string Family,
    NetworkPlan Network,
    Bottleneck Bottleneck,
    Objective Objective,
    Corruption Corruption,
    InputScaling Scaling,
    Condition? Condition = null)
{
    /// <summary>The tensors that bottleneck, objective and likelihood hold beside the network's.</summary>
    public IEnumerable<ParameterSpec> OtherParameters() =>
        [.. Bottleneck.Parameters(Network.CodeSize), .. Objective.Parameters(Network.CodeSize), .. Objective.Likelihood.Parameters];
}
