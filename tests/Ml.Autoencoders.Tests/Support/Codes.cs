namespace Ml.Autoencoders.Tests;

/// <summary>What codes are distributed like, told in plain numbers and without the library's formulas.</summary>
internal static class Codes
{
    /// <summary>MMD² without bias, with the mean over seven scales s of C / (C + |x - y|²), C = 2 Z s.</summary>
    public static double Discrepancy(double[][] x, double[][] y)
    {
        double[] scales = [0.1, 0.2, 0.5, 1, 2, 5, 10];
        return Within(x) + Within(y) - 2 * x.Average(a => y.Average(b => Similarity(a, b)));

        double Within(double[][] sample)
        {
            double sum = 0;
            for (int i = 0; i < sample.Length; i++)
            {
                for (int j = 0; j < i; j++)
                    sum += Similarity(sample[i], sample[j]);
            }
            return sum / (sample.Length * (sample.Length - 1) / 2);
        }

        double Similarity(double[] a, double[] b)
        {
            double distance = a.Zip(b, (p, q) => (p - q) * (p - q)).Sum();
            return scales.Average(scale => 2 * a.Length * scale / (2 * a.Length * scale + distance));
        }
    }

    /// <summary>MMD² to a sample of N(0, I).</summary>
    public static double DiscrepancyToNormal(IEnumerable<float[]> codes)
    {
        double[][] wide = Wide(codes);
        var random = new Random(11);
        double[][] normal = [.. Enumerable.Range(0, 500).Select(_ => wide[0].Select(_ => Normal(random)).ToArray())];
        return Discrepancy(wide, normal);
    }

    /// <summary>What the first number of a code tells of the second, in nats: of a code of two their total correlation.
    /// Counted in a grid whose lines part each number into equal shares.</summary>
    public static double Dependence(IEnumerable<float[]> codes)
    {
        const int Parts = 6;
        double[][] wide = Wide(codes);
        int[] across = Shares(0);
        int[] up = Shares(1);
        double count = wide.Length;
        return across.Zip(up).CountBy(cell => cell)
            .Sum(cell => cell.Value / count * Math.Log(cell.Value / count * Parts * Parts));

        int[] Shares(int dimension)
        {
            var shares = new int[wide.Length];
            int rank = 0;
            foreach (int row in Enumerable.Range(0, wide.Length).OrderBy(row => wide[row][dimension]))
                shares[row] = rank++ * Parts / wide.Length;
            return shares;
        }
    }

    private static double[][] Wide(IEnumerable<float[]> codes) =>
        [.. codes.Select(code => Array.ConvertAll(code, number => (double)number))];

    /// <summary>Box and Muller 1958.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
