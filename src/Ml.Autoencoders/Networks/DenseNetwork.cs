namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Dense(int[], Activation, bool)"/>.</summary>
internal sealed class DenseNetwork : Network
{
    private readonly IReadOnlyList<Layer> _layers;

    public DenseNetwork(int[] hidden, Activation activation, bool batchNorm)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        Require.Sizes(hidden, Limits.Width, "Network.Dense", nameof(hidden));
        Require.Defined(activation, "Network.Dense", nameof(activation));
        var list = new LayerList();
        foreach (int size in hidden)
            list.Linear(size).Decorate(activation, batchNorm);
        _layers = list.Layers;
        RequireBuildable(hidden);
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    /// <summary>Whether the weights between hidden layers can be; of the others nothing is known before the rows
    /// are.</summary>
    private static void RequireBuildable(int[] hidden)
    {
        for (int i = 1; i < hidden.Length; i++)
        {
            if ((long)hidden[i - 1] * hidden[i] > Limits.Numbers)
                throw ((Place)"Network.Dense").Error(nameof(hidden), FormattableString.Invariant(
                    $"has {hidden[i - 1]} beside {hidden[i]}, between which there would be more than {Limits.Numbers:N0} weights."));
        }
    }
}
