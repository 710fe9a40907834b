using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>A loss, which is small when the model is good.</summary>
/// <param name="Likelihood">How rows are compared with what the decoder gives.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "objective")]
[JsonDerivedType(typeof(ReconstructionObjective), "reconstruction")]
[JsonDerivedType(typeof(VariationalObjective), "variational")]
[JsonDerivedType(typeof(ImportanceWeightedObjective), "importanceWeighted")]
[JsonDerivedType(typeof(WassersteinObjective), "wasserstein")]
[JsonDerivedType(typeof(InfoVariationalObjective), "infoVariational")]
[JsonDerivedType(typeof(TotalCorrelationObjective), "totalCorrelation")]
[JsonDerivedType(typeof(AdversarialObjective), "adversarial")]
[JsonDerivedType(typeof(VectorQuantizedObjective), "vectorQuantized")]
[JsonDerivedType(typeof(VicRegObjective), "vicReg")]
internal abstract record Objective(Likelihood Likelihood)
{
    /// <summary>Checks its numbers, with codes of <paramref name="codeSize"/>.</summary>
    /// <exception cref="ArgumentException">One is not valid, and a caller gave it.</exception>
    /// <exception cref="FormatException">One is not valid, and is from a file.</exception>
    public virtual void Check(Place place, int codeSize)
    {
        Likelihood.Check(place.Part(nameof(Likelihood)));
        if (Prior is not { } prior)
            return;
        prior.Check(place.Part(nameof(Prior)));
        if (prior.Misfit(codeSize) is { } misfit)
        {
            throw place.IsEntry
                ? place.Error(nameof(Prior), $"{misfit}; the model's have {codeSize}.")
                : place.Fault($"CodeSize is {codeSize}; the prior {misfit}.");
        }
    }

    /// <summary>The codes that it needs, as the end of a sentence, where those of a bottleneck are others; null where
    /// these will do.</summary>
    public virtual string? Lacks(Bottleneck bottleneck) => Prior is { } prior && prior.Space != bottleneck.Space
        ? $"codes that lie {(prior.Space == CodeSpace.Sphere ? "on the sphere" : "anywhere in space")}"
        : null;

    /// <summary>The prior's tensors are given their first numbers.</summary>
    /// <param name="pass">The fit's first batch.</param>
    public void Begin(TrainingPass pass)
    {
        if (Prior is { } prior)
            prior.Begin(pass.EncoderInput, pass.Bound(prior), pass.Noise);
    }

    /// <summary>For objectives that only compare codes with draws of the prior.</summary>
    protected static void RequireDrawn(Place place, CodePrior prior)
    {
        if (prior.Learned is { } name)
            throw place.Error(nameof(Prior), $"is {name}, which learns from the density of codes; the objective only " +
                "compares codes with draws. It must be CodePrior.Normal, CodePrior.Ring or a CodeMixture.");
    }

    /// <summary>The updates of one batch, in order.</summary>
    public abstract IReadOnlyList<ObjectiveStep> Steps();

    /// <summary>
    /// The distribution of the codes of the trained model; null where nothing is known about it.
    /// </summary>
    [JsonIgnore]
    public virtual CodePrior? Prior => null;

    /// <summary>Whether it measures rows by their probability, for which codes are random variables.</summary>
    [JsonIgnore]
    public virtual bool MeasuresProbability => false;

    /// <summary>Whether the loss of a batch is more than the mean of its rows' losses.</summary>
    [JsonIgnore]
    public virtual bool ComparesRows => false;

    /// <summary>The least rows of a batch that it can be computed from.</summary>
    [JsonIgnore]
    public virtual int MinRows => 1;

    /// <summary>The tensors that it and its prior hold, besides the likelihood's.</summary>
    public virtual IEnumerable<ParameterSpec> Parameters(NetworkPlan network) => Prior?.Parameters(network) ?? [];

    /// <summary>
    /// What the term <c>reconstruction</c> would be if the mean row were always given: rows <c>[N, D]</c>, whose
    /// gaps are NaN, to a number.
    /// </summary>
    public abstract double ReconstructionOfMean(Tensor rows);
}
