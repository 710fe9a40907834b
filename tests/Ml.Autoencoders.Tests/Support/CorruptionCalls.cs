using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Short forms for tests of corruptions.</summary>
internal static class CorruptionCalls
{
    /// <summary>Applied to rows that are no pictures.</summary>
    public static Tensor Apply(this Corruption corruption, Tensor rows, Generator random) =>
        corruption.Apply(rows, Shape.Vector((int)rows.shape[1]), random);
}
