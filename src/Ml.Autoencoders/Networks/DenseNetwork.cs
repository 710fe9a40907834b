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
        try
        {
            for (int i = 1; i < hidden.Length; i++)
            {
                foreach (ParameterSpec spec in new LinearLayer(hidden[i]).Parameters(Shape.Vector(hidden[i - 1])))
                    spec.RequireBuildable();
            }
        }
        catch (NetworkException error)
        {
            throw ((Place)"Network.Dense").Error(nameof(hidden), $"is {Shown.List(hidden)}; {error.Message}");
        }
    }
}
