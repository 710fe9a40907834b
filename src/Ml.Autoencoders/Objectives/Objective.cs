using System.Text.Json.Serialization;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>What is small when the model is good.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "objective")]
[JsonDerivedType(typeof(ReconstructionObjective), "reconstruction")]
internal abstract record Objective
{
    /// <summary>The updates of one batch, in order.</summary>
    public abstract IReadOnlyList<ObjectiveStep> Steps();

    /// <summary>Whether the decoder has to end in a sigmoid.</summary>
    [JsonIgnore]
    public abstract bool NeedsUnitInterval { get; }

    /// <summary>What the losses take from the decoder: <c>[B, Z]</c> to <c>[B, D]</c>.</summary>
    public abstract Tensor OutputOf(NetworkWeights network, Tensor code, ForwardMode mode);

    /// <summary>The reconstruction error of each row: targets and what <see cref="OutputOf"/> gave, to <c>[B]</c>.</summary>
    public abstract Tensor RowError(Tensor target, Tensor output);

    /// <summary>
    /// The reconstruction error of always giving the mean row, which needs no network: rows <c>[N, D]</c> to a scalar.
    /// </summary>
    public abstract double ErrorOfMean(Tensor rows);

    /// <summary>What <see cref="OutputOf"/> gave as the reconstruction of the row: <c>[B, D]</c> to <c>[B, D]</c>.</summary>
    public abstract Tensor ReconstructionOf(Tensor output);
}
