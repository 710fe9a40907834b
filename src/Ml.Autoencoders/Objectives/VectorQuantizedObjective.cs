using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// Reconstruction + β |z_e - sg(q)|², the commitment of the encoder to the codebook vectors that it was given (van den
/// Oord et al. 2017, "Neural Discrete Representation Learning", equation 3, whose second term moving averages replace).
/// Both are means over the numbers of a row.
/// </summary>
internal sealed record VectorQuantizedObjective(Likelihood Likelihood, float CommitmentWeight) : Objective(Likelihood)
{
    /// <summary>The perplexity does.</summary>
    [JsonIgnore]
    public override bool ComparesRows => true;

    public override void Check(Place place, int codeSize)
    {
        Require.AtLeast(CommitmentWeight, 0, place, nameof(CommitmentWeight));
        base.Check(place, codeSize);
    }

    public override string? Lacks(Bottleneck bottleneck) =>
        bottleneck is VectorQuantizedBottleneck ? null : "codes of a codebook";

    public override IReadOnlyList<ObjectiveStep> Steps() => [new(network => network.Trained, Terms)];

    public override double ReconstructionOfMean(Tensor rows) => Likelihood.RowErrorOfMean(rows);

    private IReadOnlyList<LossTerm> Terms(TrainingPass pass)
    {
        var reconstruction = new LossTerm("reconstruction", pass.RowError.mean());
        Tensor commitment = Losses.MeanSquaredError(pass.Code.detach(), pass.Encoded).mean();
        Codebook codebook = Codebook.Of(pass.Network);
        return
        [
            reconstruction,
            new LossTerm("commitment", commitment, CommitmentWeight),
            new LossTerm("perplexity", codebook.Perplexity(codebook.Nearest(pass.Encoded)), Weight: 0),
        ];
    }
}
