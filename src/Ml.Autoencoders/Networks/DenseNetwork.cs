namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Dense(int[], Activation, bool)"/>.</summary>
internal sealed class DenseNetwork : Network
{
    private readonly IReadOnlyList<Layer> _layers;

    public DenseNetwork(int[] hidden, Activation activation, bool batchNorm)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        Require.Sizes(hidden, "Network.Dense", nameof(hidden));
        Require.Defined(activation, "Network.Dense", nameof(activation));
        var list = new LayerList();
        foreach (int size in hidden)
            list.Linear(size).Decorate(activation, batchNorm);
        _layers = list.Layers;
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;
}
