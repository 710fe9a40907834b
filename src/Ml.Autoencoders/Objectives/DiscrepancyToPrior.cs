namespace Ml.Autoencoders.Objectives;

/// <summary>The loss term of families that compare all codes at once, instead of each with the prior.</summary>
internal static class DiscrepancyToPrior
{
    /// <summary>
    /// MMD² between the codes of the batch and as many draws from the prior, with the inverse multiquadric kernel.
    /// Fresh draws for every batch make its gradient that of the two distributions, on average.
    /// </summary>
    public static LossTerm Of(TrainingPass pass, CodePrior prior, double weight)
    {
        (long count, long codeSize) = (pass.Code.shape[0], pass.Code.shape[1]);
        return new("discrepancy", MaximumMeanDiscrepancy.Squared(
            pass.Code, pass.Bound(prior).Draw(count, pass.Noise),
            MaximumMeanDiscrepancy.InverseMultiquadric((int)codeSize)), weight);
    }
}
