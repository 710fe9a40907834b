using static TorchSharp.torch;

namespace Ml.Autoencoders.Arrays;

/// <summary>Whether a network is being trained, and where its layers draw from when it is.</summary>
internal sealed class ForwardMode
{
    /// <summary>Scoring without torch names prediction, and must not load TorchSharp for a field's type.</summary>
    private readonly object? _random;

    private readonly object? _target;
    private readonly object? _noise;

    private ForwardMode(object? random, object? target = null, object? noise = null) =>
        (_random, _target, _noise) = (random, target, noise);

    /// <summary>Prediction: no dropout, running statistics.</summary>
    public static ForwardMode Prediction { get; } = new(null);

    /// <summary>
    /// Training: dropout draws from <paramref name="random"/>, normalization uses and updates batch statistics.
    /// </summary>
    /// <param name="random">The generator.</param>
    /// <param name="progress">The share of a fit that is done, from 0 to 1.</param>
    public static ForwardMode Training(Generator random, double progress = 1) => new(random) { Progress = progress };

    /// <summary>In training, the same of a decoder that may be told the rows that it is to give,
    /// <c>[B, D']</c>; in prediction nobody knows them.</summary>
    public ForwardMode Telling<T>(T target) where T : struct => IsTraining
        ? new(_random, target) { Progress = Progress } : this;

    /// <summary>Those rows, as an array; null where the decoder is not told.</summary>
    public T? TargetIn<T>() where T : struct => _target as T?;

    /// <summary>The same of a decoder whose keys are drawn: those with the greatest sum of log-odds and
    /// noise.</summary>
    /// <param name="noise">The noise of each row, <c>[B, T V]</c>.</param>
    public ForwardMode Drawing<T>(T noise) where T : struct => new(_random, _target, noise)
    {
        Progress = Progress,
    };

    /// <summary>That noise, as an array; null where the likeliest keys are taken.</summary>
    public T? NoiseIn<T>() where T : struct => _noise as T?;

    /// <summary>The same of a decoder to which each of several parts of a row is a row.</summary>
    public ForwardMode PerPart<T>(long parts) where T : struct, IArray<T>
    {
        object? Parted(T? rows) => rows is { } some ? some.Reshape(-1, some.Size(1) / parts) : (T?)null;
        return new(_random, Parted(TargetIn<T>()), Parted(NoiseIn<T>())) { Progress = Progress };
    }

    /// <summary>The share of a fit that is done, from 0 to 1.</summary>
    public double Progress { get; private init; } = 1;

    /// <summary>The generator of a training pass; null in prediction.</summary>
    public Generator? Random => (Generator?)_random;

    public bool IsTraining => _random is not null;
}
