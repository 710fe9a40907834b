using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>
/// Rows in the network's units that a fit passes over again and again, each batch on the training device.
/// </summary>
/// <remarks>A batch lives until the next one is requested. A caller that cancels gets an
/// <see cref="OperationCanceledException"/> with the token instead of the next batch, even while rows are being read
/// for it.</remarks>
internal interface ITrainingRows
{
    /// <summary>At least 1.</summary>
    long Count { get; }

    /// <summary>All rows in a random order, in the batches of <see cref="Batches.Of"/>.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="random">The generator that the order is drawn from, before the first batch: the same state gives
    /// the same batches.</param>
    /// <param name="skip">Batches at the beginning to leave out.</param>
    /// <param name="cancellation">Ends it.</param>
    IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip, CancellationToken cancellation = default);

    /// <summary>All rows in their own order, in the batches of <see cref="Batches.Of"/>.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="cancellation">Ends it.</param>
    IEnumerable<RowBatch> InOrder(int batchSize, CancellationToken cancellation = default);

    /// <summary>
    /// A sample of what has to be reconstructed, from all parts of the rows, for its mean and variance: <c>[n, D']</c>.
    /// </summary>
    Tensor SampleTargets();

    /// <summary>The largest absolute value.</summary>
    float Largest();
}
