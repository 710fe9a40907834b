using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <content>Options for features of tables that a classifier reads.</content>
public sealed partial record DenoisingOptions
{
    /// <summary>
    /// Options for features of a table that serve a classifier, above all a linear one. Before the encoder gets a row,
    /// some of its values are exchanged for those that other rows have in the same column
    /// (<see cref="Corruption.Swap"/>), and the decoder has to restore them, so that the encoder's hidden layers
    /// learn which values belong together. The output column holds the scaled row and the activations of those layers.
    /// </summary>
    /// <remarks>
    /// <para><c>Corruption.Swap(0.2f)</c>, and <see cref="StageOutput.RowAndHiddenActivations"/>. Chosen where nothing
    /// is set, for N rows to train on and D columns: <see cref="InputScaling.Standardize"/>;
    /// <c>Network.Dense([W, W], Activation.Relu, batchNorm: true)</c> with W = 0.35 D √N, as a multiple of 8 between 64
    /// and 256, so that the output column has D + 2 W numbers; codes of 64; 500 updates in batches of 64, AdamW with a
    /// learning rate of 0.002 that decays along a cosine. The log says what it came to.</para>
    /// <para>A linear classifier on so many columns needs regularization. One-hot columns belong beside the numbers in
    /// the input column; of a category with thousands of values each is a column here and in the output:
    /// <c>OneHotHashEncoding</c> makes fewer.</para>
    /// <para>Change other options with <c>with</c>: <c>DenoisingOptions.TableFeatures() with { CodeSize = 8 }</c>. What
    /// is set is taken, and the rest is still chosen by rows and columns.</para>
    /// </remarks>
    /// <param name="updates">Updates of the weights, at least 1. Default: as above.</param>
    /// <param name="onEpoch">Called after every epoch. Default: nothing.</param>
    public static DenoisingOptions TableFeatures(int? updates = null, Action<TrainingEpoch>? onEpoch = null) => new()
    {
        Corruption = Corruption.Swap(0.2f),
        Output = StageOutput.RowAndHiddenActivations,
        Rule = new TableDefaults(),
        Training = new() { Updates = updates, OnEpoch = onEpoch },
    };
}
