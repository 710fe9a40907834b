using System.Text.Json.Serialization;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>What is small when the model is good.</summary>
/// <param name="Likelihood">How rows are compared with what the decoder says.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "objective")]
[JsonDerivedType(typeof(ReconstructionObjective), "reconstruction")]
[JsonDerivedType(typeof(VariationalObjective), "variational")]
[JsonDerivedType(typeof(ImportanceWeightedObjective), "importanceWeighted")]
[JsonDerivedType(typeof(WassersteinObjective), "wasserstein")]
[JsonDerivedType(typeof(InfoVariationalObjective), "infoVariational")]
[JsonDerivedType(typeof(TotalCorrelationObjective), "totalCorrelation")]
[JsonDerivedType(typeof(AdversarialObjective), "adversarial")]
[JsonDerivedType(typeof(VectorQuantizedObjective), "vectorQuantized")]
internal abstract record Objective(Likelihood Likelihood)
{
    /// <summary>The updates of one batch, in order.</summary>
    public abstract IReadOnlyList<ObjectiveStep> Steps();

    /// <summary>What the codes of the trained model are distributed like; null where nothing is known of that.</summary>
    [JsonIgnore]
    public virtual CodePrior? Prior => null;

    /// <summary>Whether it needs codes that are normal variables.</summary>
    [JsonIgnore]
    public virtual bool NeedsGaussianCode => false;

    /// <summary>Whether the loss of a batch is more than the mean of its rows' losses.</summary>
    [JsonIgnore]
    public virtual bool ComparesRows => false;

    /// <summary>The least rows of a batch that it can be computed from.</summary>
    [JsonIgnore]
    public virtual int LeastRows => 1;

    /// <summary>The tensors that it holds itself, beside the likelihood's.</summary>
    public virtual IEnumerable<ParameterSpec> Parameters(int codeSize) => [];

    /// <summary>What the term <c>reconstruction</c> would be if the mean row were always given: rows <c>[N, D]</c> to a number.</summary>
    public abstract double ReconstructionOfMean(Tensor rows);
}
