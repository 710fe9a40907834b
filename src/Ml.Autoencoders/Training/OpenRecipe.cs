using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.Training;

/// <summary>A recipe whose options may still be open, with the rule that closes them.</summary>
/// <param name="Rule">What is chosen where nothing was set.</param>
/// <param name="With">The recipe with given values for what is open.</param>
internal sealed record OpenRecipe(DefaultsRule Rule, Func<Defaults, Recipe> With)
{
    /// <summary>The recipe for data that nobody has seen. What was set is as it will be; what was not may
    /// differ.</summary>
    public Recipe Typical => With(Rule.Typical);

    /// <summary>The recipe for data whose rows are not counted yet.</summary>
    /// <param name="columns">What the slots of the input column are.</param>
    public Recipe Before(SlotColumns columns) => With(Rule.For(DefaultsRule.OrdinaryRows, columns));

    /// <summary>The recipe of a fit, with nothing open.</summary>
    /// <param name="rows">Rows to train on.</param>
    /// <param name="columns">What the slots of the input column are.</param>
    public Recipe For(long rows, SlotColumns columns)
    {
        Recipe recipe = With(Rule.For(rows, columns));
        return recipe with { Training = recipe.Training.ForRows(rows) };
    }
}
