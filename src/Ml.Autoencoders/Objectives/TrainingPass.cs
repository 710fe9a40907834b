using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// A batch on its way through the network. Each stage is computed when an objective first asks for it.
/// </summary>
/// <param name="network">What computes.</param>
/// <param name="bottleneck">What makes codes of the encoder's output.</param>
/// <param name="likelihood">What compares rows with the decoder's output.</param>
/// <param name="target">The rows, and what has to be reconstructed; NaN where values are missing.</param>
/// <param name="corrupt">What the encoder gets instead, <c>[B, D]</c>, drawn anew by each call.</param>
/// <param name="mode">Training; or prediction, when the loss is only measured.</param>
/// <param name="noise">What codes are drawn from.</param>
internal sealed class TrainingPass(BoundNetwork network, Bottleneck bottleneck, Likelihood likelihood,
    RowBatch target, Func<Tensor> corrupt, ForwardMode mode, Generator noise)
{
    private readonly Tensor _input = corrupt();
    private GappedRows<TorchArray>? _compared;

    public BoundNetwork Network => network;

    public ForwardMode Mode => mode;

    public Generator Noise => noise;

    /// <summary>How far the fit has come; null when the loss is only measured.</summary>
    public TrainingMoment? Moment { get; init; }

    /// <summary><c>[B, D']</c>.</summary>
    public Tensor Target => target.Target;

    /// <summary>What the encoder gave, as the bottleneck reads it: <c>[B, encoder outputs]</c>.</summary>
    public Tensor Encoded => field ??= EncodedOf(_input);

    /// <summary>The rows as the encoder is given them, with their condition: <c>[B, D + K]</c>; with D more numbers
    /// before that where values may be missing.</summary>
    public Tensor EncoderInput => Given(_input);

    /// <summary>
    /// q(z|x), of a bottleneck whose codes are random variables. Each call gives a new one: the order in which
    /// gradients are added, and so their last bits, depends on what is shared.
    /// </summary>
    public Posterior<TorchArray> Posterior => bottleneck.Posterior<TorchArray>(Encoded)
        ?? throw new InvalidOperationException("The codes are not random variables.");

    /// <summary>A code drawn for each row.</summary>
    public CodeDraw Draw => field ??= Posterior.Draw(noise);

    /// <summary><c>[B, Z]</c>.</summary>
    public Tensor Code =>
        field ??= bottleneck.HasPosterior ? Draw.Codes : bottleneck.Draw(Encoded, network, mode, noise);

    /// <summary>The codes of the same rows, corrupted once more: <c>[B, Z]</c>. Only where codes are not random
    /// variables.</summary>
    public Tensor CodeOfOtherView => field ??= bottleneck.Draw(EncodedOf(corrupt()), network, mode, noise);

    /// <summary>A prior with the numbers that it owns.</summary>
    public BoundPrior Bound(CodePrior prior) => new(prior, network, bottleneck);

    /// <summary>The reconstruction error of each row, <c>[B]</c>.</summary>
    public Tensor RowError => field ??= RowErrorOf(Code);

    /// <summary>ln p(x|z) of each row, <c>[B]</c>.</summary>
    public Tensor LogLikelihood => field ??= likelihood.LogProbability(Compared, RowError, network, mode);

    /// <summary>As <see cref="LogLikelihood"/>, for several codes per row: <c>[K, B, Z]</c> to <c>[K, B]</c>.</summary>
    public Tensor LogLikelihoodOf(Tensor codes) => likelihood.LogProbability(target, codes, network, mode);

    /// <summary>As <see cref="RowError"/>, of rows that are decoded from other codes.</summary>
    public Tensor RowErrorOf(Tensor codes)
    {
        Tensor output = likelihood.OutputOf(network, codes, mode, target.Labels, Target);
        return mode.IsTraining && Compared.Gaps is null
            ? likelihood.CheckedRowError(Target, output) : likelihood.RowError(Compared, output);
    }

    private GappedRows<TorchArray> Compared =>
        _compared ??= likelihood.Gapped<TorchArray>(Target, network.Plan.MarksGaps);

    private Tensor EncodedOf(Tensor rows) => bottleneck.Read<TorchArray>(network.EncodeWhole(Given(rows), mode));

    private Tensor Given(Tensor rows) =>
        network.Conditioned(GappedRows<TorchArray>.Of(rows, network.Plan.MarksGaps).Marked, target.Labels);
}
