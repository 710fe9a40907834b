using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <content>Options for features of tables that a classifier reads.</content>
public sealed partial record DenoisingOptions
{
    /// <summary>
    /// Options for features of a table that serve a classifier, above all a linear one. Before the encoder gets a row,
    /// each of its values is replaced, with a probability, by the one that another row has in the same column
    /// (<see cref="Corruption.Swap"/>), and the decoder has to restore the row, so that the encoder's hidden layers
    /// learn which values belong together. The output column holds the scaled row and the activations of those layers.
    /// </summary>
    /// <remarks>
    /// <para><c>Corruption.Swap(0.2f)</c>, and <see cref="StageOutput.RowAndHiddenActivations"/>. Chosen where nothing
    /// is set, for N rows to train on and D columns: <see cref="InputScaling.Standardize"/>;
    /// <c>Network.Dense([W, W], Activation.Relu, batchNorm: true)</c> with W = 0.6 D √N, rounded to a multiple of
    /// 8, between 64 and 256, so that the output column has D + 2 W numbers; codes of 64; 500 updates in batches of 64,
    /// AdamW with a learning rate of 0.002 that decays along a cosine. The log says what it came to.</para>
    /// <para>A linear classifier on so many columns needs regularization. One-hot columns belong beside the numbers in
    /// the input column: each value of a category becomes a column, here and in the output. If there are thousands of
    /// them, <c>OneHotHashEncoding</c> makes fewer.</para>
    /// <para>Change other options with <c>with</c>: <c>DenoisingOptions.TableFeatures() with { CodeSize = 8 }</c>. What
    /// is set is taken, and the rest is still chosen by rows and columns. <c>Training = new() { ... }</c> keeps
    /// <paramref name="updates"/> unless it sets <see cref="TrainingOptions.Updates"/> or
    /// <see cref="TrainingOptions.Epochs"/>, and replaces <paramref name="onEpoch"/>: set
    /// <see cref="TrainingOptions.OnEpoch"/> there.</para>
    /// </remarks>
    /// <param name="updates">Updates of the weights, at least 1, at most 1,000,000. Default: as above.</param>
    /// <param name="onEpoch">Called after every epoch. Default: nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="updates"/> is out of its range.</exception>
    public static DenoisingOptions TableFeatures(int? updates = null, Action<TrainingEpoch>? onEpoch = null)
    {
        if (updates is { } given)
        {
            Require.Within(given, 1, Limits.Epochs, Place.Call($"{nameof(DenoisingOptions)}.{nameof(TableFeatures)}"),
                nameof(updates));
        }
        return new()
        {
            Corruption = Corruption.Swap(0.2f),
            Output = StageOutput.RowAndHiddenActivations,
            Rule = updates is { } wanted ? new TableDefaults(wanted) : new TableDefaults(),
            Training = new() { OnEpoch = onEpoch },
        };
    }
}
