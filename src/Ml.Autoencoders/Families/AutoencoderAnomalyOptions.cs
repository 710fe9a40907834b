using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>Options of the anomaly detector that scores rows by their reconstruction error.</summary>
public sealed class AutoencoderAnomalyOptions : AnomalyOptions
{
    internal override int CodeDraws => 0;

    internal override Recipe ToRecipe(string featureColumnName) =>
        ToRecipe("Anomaly", featureColumnName, new DeterministicBottleneck(), new ReconstructionObjective(Likelihood.Of(Loss)));
}
