using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// Each slot a normal variable around what the decoder gives: ln p(x|z) = -D/2 ln(2πσ²) - |x - y|² / 2σ²
/// (Kingma and Welling 2014, appendix C.2, with one variance for all slots).
/// </summary>
/// <param name="Variance">σ². Where only the row error is used, as by families without a
/// probability, any will do.</param>
internal sealed record GaussianLikelihood(float Variance = 1) : SlotLikelihood<SquaredError>
{
    [JsonIgnore]
    public override bool NeedsUnitInterval => false;

    public override void Check(Place place) =>
        Require.Above(Variance, 0, place,
            place.IsEntry ? nameof(Variance) : "OutputVariance");

    public override Likelihood With(int slots, IReadOnlyList<SlotGroup> categories) =>
        new MixedLikelihood(slots, categories, Variance);

    public override T LogProbability<T>(T rowError, long size, WeightFinder<T> find) =>
        (rowError / Variance + Math.Log(2 * Math.PI * Variance)) * (-0.5 * size);
}
