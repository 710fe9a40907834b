using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders;

/// <summary>The options of every family whose codes are normal variables, q(z|x) = N(μ(x), σ²(x)). The code column
/// holds the means.</summary>
public abstract record GaussianCodeOptions : StochasticCodeOptions
{
    private protected GaussianCodeOptions()
    {
    }

    /// <summary>
    /// The distribution p(z) that codes are trained to have, and that new rows are drawn from. The KL divergence to the
    /// standard normal distribution is computed in closed form; that to another prior is estimated, without bias, from
    /// the code that is drawn for each row.
    /// </summary>
    /// <value>The default is <c>CodePrior.Normal</c>.</value>
    public CodePrior Prior { get; init; } = CodePrior.Normal;

    /// <summary>
    /// A column for ln σ² of the code, as many Single values as a code has. The standard deviation is exp(ln σ² / 2).
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? LogVarianceColumnName { get; init; }

    private protected sealed override void Check(string where) => Require.NotNull(Prior, where, nameof(Prior));

    private protected sealed override Bottleneck MakeBottleneck(int codeSize) => GaussianBottleneck.Bounded;

    private protected sealed override IEnumerable<(string Name, string? Column)> CodeColumns =>
        [("LogVariance", LogVarianceColumnName)];
}
