namespace Ml.Autoencoders.Training;

/// <summary>What a fit takes where the options leave it open. Nothing else says what that is.</summary>
/// <param name="CodeSize">Numbers in a code, Z.</param>
/// <param name="Network">What encodes and decodes.</param>
/// <param name="Scaling">How slots are brought to a common scale.</param>
/// <param name="Epochs">Passes over the training rows.</param>
internal sealed record Defaults(int CodeSize, Network Network, InputScaling Scaling, int Epochs)
{
    /// <summary>The same for all rows; what options promise before there are any is checked with these.</summary>
    public static Defaults Standard { get; } = new(32, Network.Dense(512, 256), InputScaling.None, 20);
}
