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
    InputScaling Scaling);
