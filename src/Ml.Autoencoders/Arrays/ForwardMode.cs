using static TorchSharp.torch;

namespace Ml.Autoencoders.Arrays;

/// <summary>Whether a network is being trained, and where its layers draw from when it is.</summary>
internal sealed class ForwardMode
{
    /// <summary>Scoring without torch names prediction, and must not load TorchSharp for a field's type.</summary>
    private readonly object? _random;

    private ForwardMode(object? random) => _random = random;

    /// <summary>Prediction: no dropout, running statistics.</summary>
    public static ForwardMode Prediction { get; } = new(null);

    /// <summary>
    /// Training: dropout draws from <paramref name="random"/>, normalization uses and updates batch statistics.
    /// </summary>
    public static ForwardMode Training(Generator random) => new(random);

    /// <summary>The generator of a training pass; null in prediction.</summary>
    public Generator? Random => (Generator?)_random;

    public bool IsTraining => _random is not null;
}
