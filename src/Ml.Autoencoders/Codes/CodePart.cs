using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>A column that is a part of the encoder's output as it was read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Numbers per row.</param>
/// <param name="Start">The first of them.</param>
internal sealed record CodePart(string Name, int Size, int Start) : CodeColumn(Name, Size, Start)
{
    public override T Read<T>(T encoded, WeightFinder<T> find) => encoded.Narrow(1, Start, Size);
}
