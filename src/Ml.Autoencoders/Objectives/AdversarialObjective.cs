using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// Reconstruction, and codes that a discriminator cannot tell from draws of the prior (Makhzani et al. 2015,
/// "Adversarial Autoencoders", section 2): for each batch one update of encoder and decoder, one of the
/// discriminator, one of the encoder against it. Only the first counts toward the loss that is watched: of the other
/// two, one rises when the other falls.
/// </summary>
/// <param name="Likelihood">How rows are compared with what the decoder gives.</param>
/// <param name="Prior">What the codes are to be distributed like.</param>
/// <param name="DiscriminatorSizes">The sizes of the discriminator's hidden layers, from the code on.</param>
/// <param name="AdversarialWeight">The length of the encoder's steps against the discriminator, relative to
/// those of reconstruction.</param>
internal sealed record AdversarialObjective(Likelihood Likelihood, CodePrior Prior,
    IReadOnlyList<int> DiscriminatorSizes,
    float AdversarialWeight) : Objective(Likelihood)
{
    /// <summary>The prefix of the names of the discriminator's tensors.</summary>
    public const string DiscriminatorName = "discriminator";

    /// <summary>Part of the loss, and so saved with it.</summary>
    public override CodePrior Prior { get; } = Prior;

    private CodeNetwork Discriminator => new(DiscriminatorName, [.. DiscriminatorSizes, 1], Activation.LeakyRelu);

    public override void Check(Place place, int codeSize)
    {
        Require.NotNull(Prior, place, nameof(Prior));
        RequireDrawn(place, Prior);
        string option = place.IsEntry ? nameof(DiscriminatorSizes) : "Discriminator";
        Require.NotNull(DiscriminatorSizes, place, option);
        Require.Sizes(DiscriminatorSizes, Limits.Width, place, option);
        Discriminator.Check(place, option, DiscriminatorSizes, codeSize);
        Require.Above(AdversarialWeight, 0, place, nameof(AdversarialWeight));
        base.Check(place, codeSize);
    }

    public override IReadOnlyList<ObjectiveStep> Steps() =>
    [
        new(network => network.TrainedIn(NetworkPlan.EncoderName, NetworkPlan.DecoderName), Reconstruction),
        new(network => network.TrainedIn(DiscriminatorName), Discrimination, IsWatched: false),
        new(network => network.TrainedIn(NetworkPlan.EncoderName), Regularization, IsWatched: false, AdversarialWeight),
    ];

    public override IEnumerable<ParameterSpec> Parameters(NetworkPlan network) =>
        Discriminator.Parameters(network.CodeSize);

    public override double ReconstructionOfMean(Tensor rows) => Likelihood.RowErrorOfMean(rows);

    private static IReadOnlyList<LossTerm> Reconstruction(TrainingPass pass) =>
        [new("reconstruction", pass.RowError.mean())];

    private IReadOnlyList<LossTerm> Discrimination(TrainingPass pass)
    {
        // Nothing that makes the codes moves, so no graph of it is needed.
        Tensor codes;
        using (no_grad())
            codes = pass.Code;
        Tensor draws = pass.Bound(Prior).Draw(codes.shape[0], pass.Noise);
        return [new("discriminator", AdversarialLoss.OfDiscriminator(LogOdds(draws, pass), LogOdds(codes, pass)))];
    }

    private IReadOnlyList<LossTerm> Regularization(TrainingPass pass) =>
        [new("generator", AdversarialLoss.OfEncoder(LogOdds(pass.Code, pass)))];

    /// <summary>
    /// The discriminator's answer, the log-odds that each code is a draw: <c>[N, Z]</c> to <c>[N, 1]</c>.
    /// </summary>
    private Tensor LogOdds(Tensor codes, TrainingPass pass) => Discriminator.Run(codes, pass);
}
