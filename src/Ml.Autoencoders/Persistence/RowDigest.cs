using System.Security.Cryptography;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Persistence;

/// <summary>
/// The SHA-256 of the rows of a fit, in their order, which shows whether rows are the same. They come in parts, and the
/// division into parts does not matter.
/// </summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _values = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _targets = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _labels = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds rows of no more than 2 GiB.</summary>
    public void Add(RowBatch rows)
    {
        Add(_values, rows.Values);
        Add(_targets, rows.Targets);
        Add(_labels, rows.Labels);
    }

    /// <summary>That of the rows so far, in hexadecimal digits.</summary>
    public override string ToString() =>
        Convert.ToHexString(SHA256.HashData([.. _values.GetCurrentHash(), .. _targets.GetCurrentHash(),
            .. _labels.GetCurrentHash()]));

    public void Dispose()
    {
        _values.Dispose();
        _targets.Dispose();
        _labels.Dispose();
    }

    private static void Add(IncrementalHash hash, Tensor? table)
    {
        if (table is null)
            return;
        using var scope = NewDisposeScope();
        hash.AppendData(table.contiguous().bytes);
    }
}
