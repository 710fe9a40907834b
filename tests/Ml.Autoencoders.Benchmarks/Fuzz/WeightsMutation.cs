using System.Text;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>What somebody who knows the format may write into a file of weights: another header, or numbers that are
/// none.</summary>
internal static class WeightsMutation
{
    private static readonly float[] Numbers =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 1e-45f, -0f];

    public static byte[] Of(byte[] weights, Random random)
    {
        int length = (int)BitConverter.ToInt64(weights);
        if (random.Next(3) == 0)
        {
            byte[] numbers = [.. weights];
            int count = (weights.Length - 8 - length) / sizeof(float);
            BitConverter.TryWriteBytes(numbers.AsSpan(8 + length + random.Next(count) * sizeof(float)),
                Numbers[random.Next(Numbers.Length)]);
            return numbers;
        }
        byte[] header = Encoding.UTF8.GetBytes(JsonMutation.Of(Encoding.UTF8.GetString(weights, 8, length), random));
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. weights.AsSpan(8 + length)];
    }
}
