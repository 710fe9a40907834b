using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Rows of numbers, with what goes with them.</summary>
/// <param name="Values">What is encoded, <c>[B, D]</c>.</param>
/// <param name="Labels">The label's index, <c>[B]</c> of Int64; null where there is no condition.</param>
/// <param name="Targets">What has to be reconstructed, <c>[B, D']</c>; null where that is what is encoded.</param>
internal sealed record RowBatch(Tensor Values, Tensor? Labels = null, Tensor? Targets = null)
{
    public long Count => Values.shape[0];

    /// <summary>What has to be reconstructed.</summary>
    public Tensor Target => Targets ?? Values;

    /// <summary>The rows that <paramref name="indices"/> name, in their order.</summary>
    public RowBatch Select(Tensor indices) => Map(tensor => tensor.index_select(0, indices));

    /// <summary>Consecutive rows, without a copy.</summary>
    public RowBatch Narrow(long start, long count) => Map(tensor => tensor.narrow(0, start, count));

    /// <summary>The rows on a device; those that are there already are not copied.</summary>
    public RowBatch To(Device device) => Map(tensor => tensor.to(device));

    /// <summary>As <see cref="To"/>, for batches: see <see cref="DeviceCopy.SendTo"/>.</summary>
    public RowBatch SendTo(Device device) => Map(tensor => tensor.SendTo(device));

    /// <summary>The same of each tensor.</summary>
    public RowBatch Map(Func<Tensor, Tensor> map) =>
        new(map(Values), Labels is null ? null : map(Labels), Targets is null ? null : map(Targets));
}
