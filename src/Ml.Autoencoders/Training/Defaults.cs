namespace Ml.Autoencoders.Training;

/// <summary>The values that a fit uses where the options leave them open. They are defined here only.</summary>
/// <param name="CodeSize">Numbers in a code, Z.</param>
/// <param name="Network">The network that encodes and decodes.</param>
/// <param name="Scaling">How slots are brought to a common scale.</param>
/// <param name="Epochs">Passes over the training rows.</param>
internal sealed record Defaults(int CodeSize, Network Network, InputScaling Scaling, int Epochs)
{
    /// <summary>The same for all rows; options are checked with these before there are any rows.</summary>
    public static Defaults Standard { get; } = new(32, Network.Dense(512, 256), InputScaling.None, 20);
}
