using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Training;

/// <summary>What a fit does, and what it trains.</summary>
/// <param name="Recipe">What it does.</param>
/// <param name="Definition">What it trains.</param>
internal sealed record ChosenFit(Recipe Recipe, ModelDefinition Definition);
