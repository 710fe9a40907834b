using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Training;

/// <summary>See <see cref="DefaultsRule.Standard"/>.</summary>
/// <param name="Value">The values for all data.</param>
internal sealed record ConstantDefaults(Defaults Value) : DefaultsRule
{
    public override bool Chooses => false;

    public override Defaults For(long rows, SlotColumns columns) => Value;
}
