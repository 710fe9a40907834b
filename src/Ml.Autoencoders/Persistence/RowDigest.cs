using System.Security.Cryptography;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>The SHA-256 of the rows of a fit, in their order, by which other rows are told from the same ones.</summary>
internal static class RowDigest
{
    /// <summary>A few MiB at a time: a span holds no more than 2 GiB.</summary>
    private const long BlockNumbers = 1 << 20;

    public static string Of(TrainingData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (RowBatch rows in new[] { data.Training, data.Validation }.OfType<RowBatch>())
        {
            foreach (Tensor table in new[] { rows.Values, rows.Labels, rows.Targets }.OfType<Tensor>())
                Add(hash, table);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, Tensor table)
    {
        long count = table.shape[0];
        hash.AppendData(BitConverter.GetBytes(count));
        long block = Math.Max(1, BlockNumbers * count / Math.Max(1, table.numel()));
        for (long start = 0; start < count; start += block)
        {
            using var scope = NewDisposeScope();
            hash.AppendData(table.narrow(0, start, Math.Min(block, count - start)).cpu().contiguous().bytes);
        }
    }
}
