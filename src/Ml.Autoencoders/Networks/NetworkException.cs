namespace Ml.Autoencoders.Networks;

/// <summary>A network cannot be built: a layer does not take what the one before it gives.</summary>
internal sealed class NetworkException(string message) : Exception(message);
