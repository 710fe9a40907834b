using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>Which codebook vectors a code is made of: 1 to K, and 0 in a row that is missing.</summary>
/// <param name="Codes">The kind of code.</param>
/// <param name="CodeSize">Numbers in a code, Z.</param>
internal sealed record CodeKeys(VectorQuantizedBottleneck Codes, int CodeSize)
    : CodeColumn("CodeIndices", CodeSize / Codes.VectorSize, CodeSize)
{
    public override T Read<T>(T encoded, WeightFinder<T> find) => Codes.Keys(encoded, find);
}
