using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>Rows in the network's units that a fit passes over again and again, each batch on the training device.</summary>
/// <remarks>A batch lives until the next one is asked for.</remarks>
internal interface ITrainingRows
{
    /// <summary>At least 1.</summary>
    long Count { get; }

    /// <summary>All rows in a random order, in the batches of <see cref="Batches.Of"/>.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="random">What the order is drawn from, before the first batch: the same state gives the same batches.</param>
    /// <param name="skip">Batches at the beginning that are left out.</param>
    IEnumerable<RowBatch> Shuffled(int batchSize, Generator random, int skip);

    /// <summary>All rows in their own order, in the batches of <see cref="Batches.Of"/>.</summary>
    IEnumerable<RowBatch> InOrder(int batchSize);

    /// <summary>Enough of what has to be reconstructed, from everywhere, to know its mean and variance by: <c>[n, D']</c>.</summary>
    Tensor SampleTargets();

    /// <summary>The greatest distance of a number from 0.</summary>
    float Largest();
}
