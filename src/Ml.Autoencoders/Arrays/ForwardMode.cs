using static TorchSharp.torch;

namespace Ml.Autoencoders.Arrays;

/// <summary>Whether a network is being trained, and where its layers draw from when it is.</summary>
internal sealed class ForwardMode
{
    private ForwardMode(Generator? random) => Random = random;

    /// <summary>Prediction: no dropout, running statistics.</summary>
    public static ForwardMode Prediction { get; } = new(null);

    /// <summary>
    /// Training: dropout draws from <paramref name="random"/>, normalization uses and updates batch statistics.
    /// </summary>
    public static ForwardMode Training(Generator random) => new(random);

    /// <summary>The generator of a training pass; null in prediction.</summary>
    public Generator? Random { get; }

    public bool IsTraining => Random is not null;
}
