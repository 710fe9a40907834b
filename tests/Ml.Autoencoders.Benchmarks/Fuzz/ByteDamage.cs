namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>What accidents and the careless do to a file: bits that turn, bytes that go, come or change
/// places.</summary>
internal static class ByteDamage
{
    public static byte[] Of(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        switch (random.Next(6))
        {
            case 0 or 1:
                for (int i = random.Next(1, 4); i > 0; i--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                random.NextBytes(Part(bytes, random));
                return bytes;
            case 3:
                return bytes[..random.Next(bytes.Length)];
            case 4:
                int place = random.Next(bytes.Length);
                byte[] more = new byte[random.Next(1, 64)];
                random.NextBytes(more);
                return [.. bytes[..place], .. more, .. bytes[place..]];
            default:
                Part(bytes, random).Clear();
                return bytes;
        }
    }

    private static Span<byte> Part(byte[] bytes, Random random)
    {
        int start = random.Next(bytes.Length);
        return bytes.AsSpan(start, Math.Min(random.Next(1, 64), bytes.Length - start));
    }
}
