using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>
/// Rows in the network's units that a fit passes over again and again, each batch on the training device.
/// </summary>
/// <remarks>A batch lives until the next one is asked for. Who cancels gets an <see cref="OperationCanceledException"/>
/// with the token instead of the next batch,
/// also where rows have to be read for it.</remarks>
internal interface ITrainingRows
{
    /// <summary>At least 1.</summary>
    long Count { get; }

    /// <summary>All rows in a random order, in the batches of <see cref="Batches.Of"/>.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="random">What the order is drawn from, before the first batch: the same state gives
    /// the same batches.</param>
    /// <param name="skip">Batches at the beginning that are left out.</param>
    /// <param name="cancellation">Ends it.</param>
    IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip, CancellationToken cancellation = default);

    /// <summary>All rows in their own order, in the batches of <see cref="Batches.Of"/>.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="cancellation">Ends it.</param>
    IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation = default);

    /// <summary>
    /// Enough of what has to be reconstructed, from everywhere, to know its mean and variance by: <c>[n, D']</c>.
    /// </summary>
    Tensor SampleTargets();

    /// <summary>The greatest distance of a number from 0.</summary>
    float Largest();
}
