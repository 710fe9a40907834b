using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Estimators;

/// <summary>Finds out whether a fit is one of keys, and what of its recipe is not for such.</summary>
internal static class FitTokens
{
    /// <summary>The tokens of a column of keys, of which a model can have no other idea than that they are keys; null
    /// where it holds numbers.</summary>
    /// <param name="host">For errors.</param>
    /// <param name="recipe">What is asked for.</param>
    /// <param name="input">A vector column of known size.</param>
    /// <exception cref="InvalidOperationException">An option is for rows of numbers.</exception>
    public static TokenColumn? Of(IHost host, Recipe recipe, DataViewSchema.Column input)
    {
        if (TokenColumn.Of(host, input) is not { } tokens)
            return null;
        return Obstacle(recipe) is not { } obstacle ? tokens
            : throw host.Except($"Column '{input.Name}' is a vector of keys, and {obstacle}.");
    }

    private static string? Obstacle(Recipe recipe)
    {
        Corruption? other = recipe.Corruption.Links.FirstOrDefault(link => link is not (MaskingNoise or NoCorruption));
        return recipe.Network.Picture is not null
            ? "the network takes pictures; it must be Network.Dense, Network.Temporal or Network.Recurrent, or composed"
            : other is not null ? $"Corruption is {recipe.Corruption}; it must be Corruption.Masking or Corruption.None"
            : recipe.Scaling != InputScaling.None ? $"Scaling is {recipe.Scaling}; it must be None"
            : recipe.Objective.Likelihood is BernoulliLikelihood
            ? "Loss is BinaryCrossEntropy; leave it out: the loss of keys is their cross-entropy"
            : recipe.Objective is { MeasuresProbability: true, Likelihood: GaussianLikelihood }
            ? "OutputVariance is set; leave it out: keys have none"
            : recipe.Columns.Target is { } target
            ? $"TargetColumnName is '{target}'; rows of keys are reconstructed from themselves"
            : recipe.Categories != Categories.None
            ? $"Categories is {recipe.Categories}, which are slots of tables; it must be None"
            : recipe.Image is not null ? $"Image is {recipe.Image}; leave it out"
            : recipe.Sequence is not null
            ? $"Sequence is {recipe.Sequence}; leave it out: a row is a sequence of as many steps as it has keys"
            : recipe.Objective.Prior is VampPrior
            ? $"Prior is {recipe.Objective.Prior}, whose pseudo-inputs are rows of numbers; use CodePrior.Flow, or " +
                "draw from FitMixture"
            : recipe.Score != AnomalyScoreKind.ReconstructionError
            ? $"Score is {recipe.Score}; it must be ReconstructionError"
            : recipe.Columns.Reasons is not null
            ? "ReasonsColumnName is set; reasons are given for columns of tables"
            : recipe.Columns.Output == StageOutput.RowAndHiddenActivations
            ? "the output column is to hold the row, too, which does not consist of numbers"
            : null;
    }
}
