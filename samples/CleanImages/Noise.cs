using System.Globalization;
using Ml.Autoencoders;
using static TorchSharp.torch;

namespace CleanImages;

/// <summary>Kinds of noise, as the command line names them.</summary>
internal static class Noise
{
    /// <summary>Brightens and blurs out: half of white on average.</summary>
    public const string Course = "course";

    /// <summary>That of the denoising example of the Keras blog.</summary>
    public const string Keras = "keras";

    /// <summary>The mean of noise of <see cref="Keras"/> on black: E max(0, min(1, n)) of a normal n.</summary>
    public const float KerasLift = 0.195f;

    private const float KerasDeviation = 0.5f;

    /// <summary>What the encoder sees in training; null for a name that is none.</summary>
    /// <param name="name"><see cref="Course"/>, <see cref="Keras"/>, or the standard deviation of
    /// clipped normal noise.</param>
    public static Corruption? Named(string name) => name switch
    {
        Course => Corruption.Gaussian(0.3f, mean: 0.5f),
        Keras => Corruption.Gaussian(KerasDeviation).Then(Corruption.Clip()),
        _ when float.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out float deviation)
        && deviation is > 0 and < float.PositiveInfinity =>
            Corruption.Gaussian(deviation).Then(Corruption.Clip()),
        _ => null,
    };

    /// <summary>Pictures with the noise of <see cref="Keras"/>, the same for the same seed.</summary>
    public static float[][] AddKeras(IReadOnlyList<float[]> pictures, int seed)
    {
        using var random = new Generator((ulong)seed, CPU);
        return [.. pictures.Select(picture =>
        {
            using Tensor noise = randn(picture.Length, device: CPU, generator: random);
            return picture.Zip(noise.data<float>(),
                (pixel, deviation) => Math.Clamp(pixel + KerasDeviation * deviation, 0, 1)).ToArray();
        })];
    }
}
