using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>The generators that a fit draws from, batch by batch.</summary>
/// <param name="streams">Where they come from.</param>
/// <param name="binarizes">Whether rows are binarized. Where they are not, checkpoints are the same as before there was
/// binarization.</param>
internal sealed class FitRandom(RandomStreams streams, bool binarizes = false) : IDisposable
{
    private byte[]? _orderOfEpoch;

    public Generator Order { get; } = streams.Create(RandomUse.RowOrder);

    public Generator Corruption { get; } = streams.Create(RandomUse.Corruption);

    public Generator Layers { get; } = streams.Create(RandomUse.Layers);

    public Generator Noise { get; } = streams.Create(RandomUse.Noise);

    /// <summary>Null where rows are not binarized.</summary>
    public Generator? Binarization { get; } = binarizes ? streams.Create(RandomUse.Binarization) : null;

    private IEnumerable<Generator> BesideOrder =>
        Binarization is null ? [Corruption, Layers, Noise] : [Corruption, Layers, Noise, Binarization];

    /// <summary>
    /// Called before the order of an epoch is drawn, so that a fit that resumes within that epoch draws it again.
    /// </summary>
    public void BeginEpoch() => _orderOfEpoch = GeneratorState.Of(Order);

    public void EndEpoch() => _orderOfEpoch = null;

    /// <summary>Their states.</summary>
    public IReadOnlyList<byte[]> Capture() =>
        [_orderOfEpoch ?? GeneratorState.Of(Order), .. BesideOrder.Select(GeneratorState.Of)];

    /// <summary>Restores <see cref="Capture"/>.</summary>
    /// <exception cref="FormatException">These are not states of such generators.</exception>
    public void Restore(IReadOnlyList<byte[]?> states)
    {
        Generator[] generators = [Order, .. BesideOrder];
        if (states.Count != generators.Length
            || !generators.Zip(states).All(pair => GeneratorState.TrySet(pair.First, pair.Second)))
            throw new FormatException("The states of its random generators are not those of this version of torch.");
    }

    public void Dispose()
    {
        Order.Dispose();
        foreach (Generator generator in BesideOrder)
            generator.Dispose();
    }
}
