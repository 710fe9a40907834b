namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Compose"/>.</summary>
internal sealed class ComposedNetwork(IReadOnlyList<Layer> encoder, IReadOnlyList<Layer>? decoder) : Network
{
    private protected override IReadOnlyList<Layer> EncoderLayers() => encoder;

    private protected override LayerStack CloseEncoder(LayerStack encoder, int outputs)
    {
        LayerStack flat = encoder.Flattened();
        return flat.Layers.Count > 0 && flat.OutputShape.Count == outputs ? flat : flat.EndingInLinear(outputs);
    }

    private protected override IReadOnlyList<Layer>? DecoderLayers() => decoder;
}
