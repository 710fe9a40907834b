namespace Ml.Autoencoders.Tests;

/// <summary>What everything says that uses a disposed autoencoder.</summary>
internal static class Disposed
{
    public const string Message =
        "The autoencoder was disposed. A PredictionEngine disposes the model that it was made from together with " +
            "itself, unless it is made with PredictionEngineOptions.OwnsTransformer = false.";
}
