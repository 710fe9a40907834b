using System.Text.Json.Serialization;
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
    /// <summary>What picture a row of the column that the fit read is, where that is known.</summary>
    public ImageFormat? Image { get; init; }

    /// <summary>What is reconstructed; null where that is what is encoded.</summary>
    public Target? Target { get; init; }

    /// <summary>What reconstructions are held within; only those of pictures are.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>The shape of a row that the fit read, as the network sees it: a vector, or a planar picture.</summary>
    [JsonIgnore]
    public Shape RowShape => Image?.Shape ?? Shape.Vector(Network.InputSize);

    /// <summary>What picture a row of a size is: one as the fit read it, or one as the encoder takes it.</summary>
    public ImageFormat? ImageOf(long size) => Image is null || size == Image.Shape.Count ? Image : Image.Of(Corruption.Leaves(Image.Shape));

    /// <summary>The tensors that bottleneck, objective and likelihood hold beside the network's.</summary>
    public IEnumerable<ParameterSpec> OtherParameters() =>
        [.. Bottleneck.Parameters(Network.CodeSize), .. Objective.Parameters(Network.CodeSize), .. Objective.Likelihood.Parameters];
}
