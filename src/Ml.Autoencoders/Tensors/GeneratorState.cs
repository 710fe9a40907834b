using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// The state of a generator on the CPU as the bytes that torch gives out: a seed, a Mersenne Twister,
/// and a draw that is left over.
/// </summary>
internal static class GeneratorState
{
    private const int LeftPlace = 8;
    private const int SeededPlace = 12;
    private const int NextPlace = 16;
    private const int Words = 624;

    public static byte[] Of(Generator generator)
    {
        using Tensor state = generator.get_state();
        return state.bytes.ToArray();
    }

    /// <summary>Gives a generator a state; false where the bytes are not one, which leaves it as it is.</summary>
    /// <remarks>They are checked before torch gets them: nothing catches what it would throw, and
    /// the process would end.</remarks>
    public static bool TrySet(Generator generator, byte[]? state)
    {
        if (state is null || state.Length != Of(generator).Length || !IsValid(state))
            return false;
        using Tensor bytes = tensor(state, dtype: ScalarType.Byte, device: CPU);
        generator.set_state(bytes);
        return true;
    }

    /// <summary>Whether the words that are left end where all do, or before: torch reads them unchecked.</summary>
    private static bool IsValid(ReadOnlySpan<byte> state)
    {
        int left = BinaryPrimitives.ReadInt32LittleEndian(state[LeftPlace..]);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(state[NextPlace..]);
        // The last of those left is the draw of new words.
        return BinaryPrimitives.ReadInt32LittleEndian(state[SeededPlace..]) == 1 && left is > 0 and <= Words
            && next <= (ulong)(Words + 1 - left);
    }
}
