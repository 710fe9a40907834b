using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// The code is a normal variable with independent dimensions, q(z|x) = N(μ(x), σ²(x)): the encoder gives μ and ln σ²
/// (Kingma and Welling 2014, equation 9). Training draws from it, prediction takes the mean.
/// </summary>
/// <param name="LogVariance">Where the encoder's numbers are ln σ² as they are; null where they are so everywhere, as
/// in models of version 1 of the file.</param>
internal sealed record GaussianBottleneck(LogVarianceBounds? LogVariance = null) : Bottleneck
{
    /// <summary>That of new models.</summary>
    public static GaussianBottleneck Bounded { get; } = new(LogVarianceBounds.Default);

    public override void Check(Place place, int codeSize) => LogVariance?.Check(place.Part(nameof(LogVariance)));

    public override int EncoderOutputs(int codeSize) => 2 * codeSize;

    public override bool HasPosterior => true;

    public override bool HasIndependentNumbers => true;

    public override Posterior<T> Posterior<T>(T encoded) => DiagonalGaussian<T>.Of(encoded);

    /// <summary>The managed draws support the divergence from this prior alone.</summary>
    public override bool DrawsManaged(CodePrior? prior) => prior is NormalPrior;

    public override IReadOnlyList<CodeColumn> Columns(int codeSize) =>
        [new CodePart("LogVariance", codeSize, codeSize)];

    public override T Code<T>(T encoded, WeightFinder<T> find) => encoded.Halves().First;

    /// <summary>A fit that was begun without bounds is completed without them.</summary>
    public override Bottleneck AsBegun(Bottleneck begun) =>
        begun is GaussianBottleneck { LogVariance: null } ? begun : this;

    public override T Read<T>(T encoded)
    {
        if (LogVariance is not { } bounds || encoded.IsHeld(encoded.Size(1) / 2, bounds.Least, bounds.Greatest))
            return encoded;
        (T mean, T logVariance) = encoded.Halves();
        return mean.Concat(bounds.Hold(logVariance), 1); // 2 x [B, Z] -> [B, 2Z]
    }

    protected override void Read(Span<float> encoded) => LogVariance?.Hold(encoded[(encoded.Length / 2)..]);
}
