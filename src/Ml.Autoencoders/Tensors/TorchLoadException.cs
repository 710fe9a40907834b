namespace Ml.Autoencoders.Tensors;

/// <summary>
/// The native torch library does not load. TorchSharp's trace of the attempt is the inner exception's.
/// </summary>
/// <param name="message">The likely cause.</param>
/// <param name="failure">What TorchSharp threw.</param>
internal sealed class TorchLoadException(string message, Exception failure)
    : InvalidOperationException(message, failure)
{
    /// <summary>The message comes first and last: a terminal shows the end of what is between.</summary>
    public override string ToString() => $"{base.ToString()}{Environment.NewLine}{Message}";
}
