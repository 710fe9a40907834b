using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of the anomaly detector that scores rows by their reconstruction error.</summary>
public sealed record AutoencoderAnomalyOptions : AnomalyOptions
{
    internal override int CodeDraws => 0;

    private protected override string Family => "Anomaly";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective() => new ReconstructionObjective(Likelihood.Of(Loss));
}
