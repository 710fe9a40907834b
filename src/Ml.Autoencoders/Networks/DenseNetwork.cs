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

    /// <summary>Checks the sizes of the weights between hidden layers; those of the others are known only with the
    /// rows.</summary>
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
