using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Rows of numbers and, where a condition goes with them, each row's label.</summary>
/// <param name="Values"><c>[B, D]</c>.</param>
/// <param name="Labels">The label's index, <c>[B]</c> of Int64; null where there is no condition.</param>
internal sealed record RowBatch(Tensor Values, Tensor? Labels = null)
{
    public long Count => Values.shape[0];

    /// <summary>The rows that <paramref name="indices"/> name, in their order.</summary>
    public RowBatch Select(Tensor indices) => new(Values.index_select(0, indices), Labels?.index_select(0, indices));

    /// <summary>Rows one behind the other, without a copy.</summary>
    public RowBatch Narrow(long start, long count) => new(Values.narrow(0, start, count), Labels?.narrow(0, start, count));

    /// <summary>The rows on a device; those that are there already are not copied.</summary>
    public RowBatch To(Device device) => new(Values.to(device), Labels?.to(device));
}
