namespace LatentSpace;

/// <summary>Reads a digit as most of its nearest neighbors among the training codes.</summary>
internal static class NearestNeighbors
{
    private const int Neighbors = 10;

    /// <summary>The share of test codes that are read right.</summary>
    public static double Accuracy(float[][] training, uint[] trainingDigits, float[][] test, uint[] testDigits) =>
        test.AsParallel().AsOrdered().Select(code => Read(code, training, trainingDigits))
            .Zip(testDigits.AsParallel().AsOrdered(), (read, digit) => read == digit ? 1.0 : 0.0).Average();

    private static uint Read(float[] code, float[][] training, uint[] digits)
    {
        // The nearest so far, the farthest of them first.
        var nearest = new PriorityQueue<uint, float>();
        for (int i = 0; i < training.Length; i++)
        {
            float closeness = -SquaredDistance(code, training[i]);
            if (nearest.Count < Neighbors)
                nearest.Enqueue(digits[i], closeness);
            else
                nearest.EnqueueDequeue(digits[i], closeness);
        }
        return nearest.UnorderedItems.GroupBy(item => item.Element).MaxBy(group => group.Count())!.Key;
    }

    private static float SquaredDistance(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
