namespace Ml.Autoencoders.Codes;

/// <summary>Draws that <see cref="Random"/> does not offer.</summary>
internal static class RandomDraws
{
    extension(Random random)
    {
        /// <summary>
        /// An index, with its weight's share of all as probability. One of weight 0 is never drawn unless all are 0.
        /// </summary>
        public int NextIndex(ReadOnlySpan<double> weights)
        {
            double total = 0;
            foreach (double weight in weights)
                total += weight;
            double at = random.NextDouble() * total;
            double passed = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                passed += weights[i];
                if (passed > at)
                    return i;
            }
            return 0;
        }

        /// <summary>From the standard normal distribution (Box and Muller 1958).</summary>
        public double NextNormal() =>
            // One less the draw: it can be 0, whose logarithm is not finite, but not 1.
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
