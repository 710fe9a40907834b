namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>The columns of melodies and of what an autoencoder says of them.</summary>
internal static class MelodyColumns
{
    public const string Melody = "Melody";
    public const string Code = "Code";
    public const string LogVariance = "LogVariance";
    public const string Draw = "Draw";
    public const string Reconstruction = "Reconstruction";
}
