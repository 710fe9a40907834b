using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Generation;

/// <summary>Codes moved along a direction.</summary>
internal static class CodeMove
{
    /// <summary>Below this length, the direction of a sum is not known better than Single rounds.</summary>
    private const double MinLength = 1e-6;

    /// <summary>z + a d; on the sphere (z + a d) / |z + a d|.</summary>
    /// <param name="code">z.</param>
    /// <param name="direction">d.</param>
    /// <param name="amount">a.</param>
    /// <param name="space">Where codes lie.</param>
    /// <exception cref="ArgumentException">The sum is 0, which has no place on the sphere.</exception>
    public static float[] Along(float[] code, float[] direction, double amount, CodeSpace space)
    {
        double[] moved = [.. code.Zip(direction, (z, d) => z + amount * d)];
        double scale = space == CodeSpace.Sphere ? 1 / Length(moved, amount) : 1;
        return [.. moved.Select(number => (float)(scale * number))];
    }

    /// <summary>The codes at so many amounts, evenly apart, both ends included.</summary>
    /// <exception cref="ArgumentException">There are fewer than two steps, an end is not finite, or a sum is 0, which
    /// has no place on the sphere.</exception>
    public static float[][] Steps(
        float[] code, float[] direction, int steps, float from, float to, CodeSpace space)
    {
        Require.Within(steps, 2, Limits.MadeRows, "Traverse", nameof(steps));
        Require.Finite(from, "Traverse", nameof(from));
        Require.Finite(to, "Traverse", nameof(to));
        return [.. Enumerable.Range(0, steps).Select(step =>
            Along(code, direction, double.Lerp(from, to, (double)step / (steps - 1)), space))];
    }

    private static double Length(double[] moved, double amount)
    {
        double length = Math.Sqrt(moved.Sum(number => number * number));
        return length >= MinLength ? length : throw new ArgumentException(FormattableString.Invariant(
            $"The code moved by {amount:G4} of the direction is 0, which has no place on the sphere that codes lie ") +
            "on. Choose another amount.");
    }
}
