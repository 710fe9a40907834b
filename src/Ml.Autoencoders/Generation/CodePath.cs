using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Generation;

/// <summary>Codes on the path from one to another.</summary>
internal static class CodePath
{
    /// <summary>
    /// Below this sine of their angle, the plane of two codes is not known better than Single rounds.
    /// </summary>
    private const double MinSine = 1e-6;

    /// <summary>So many codes, evenly apart, the two ends included as they are.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The last.</param>
    /// <param name="steps">How many.</param>
    /// <param name="path">The kind of path; null for that of the space.</param>
    /// <param name="space">Where codes lie.</param>
    /// <exception cref="ArgumentException">The codes differ in length, or a parameter is out of its range.</exception>
    public static float[][] Between(float[] from, float[] to, int steps, Interpolation? path, CodeSpace space)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (to.Length != from.Length)
            throw new ArgumentException($"The code has {to.Length} numbers, the one to start from {from.Length}.",
                nameof(to));
        Require.Within(steps, 2, Limits.MadeRows, "Interpolate", nameof(steps));
        Interpolation kind = path ?? (space == CodeSpace.Sphere ? Interpolation.Spherical : Interpolation.Linear);
        Require.Defined(kind, "Interpolate", nameof(path));
        if (space == CodeSpace.Sphere && kind == Interpolation.Linear)
            throw new ArgumentException("Interpolate: path is Linear, and the straight line leaves the sphere " +
                "that codes lie on; it must be Spherical, or left out.", nameof(path));

        Func<double, Parts> partsAt = kind == Interpolation.Spherical ? Spherical(from, to, space) : Linear;
        var codes = new float[steps][];
        codes[0] = [.. from];
        for (int step = 1; step < steps - 1; step++)
        {
            Parts parts = partsAt((double)step / (steps - 1));
            codes[step] = [.. from.Zip(to, (a, b) => (float)(parts.OfFrom * a + parts.OfTo * b))];
        }
        codes[^1] = [.. to];
        return codes;
    }

    private static Parts Linear(double t) => new(1 - t, t);

    private static Func<double, Parts> Spherical(float[] from, float[] to, CodeSpace space)
    {
        double fromLength = Length(from);
        double toLength = Length(to);
        if (fromLength == 0 || toLength == 0)
            return Linear;
        double angle = Angle(from, fromLength, to, toLength);
        double sine = Math.Sin(angle);
        if (sine < MinSine)
        {
            return space == CodeSpace.Flat || angle < 1
                ? Linear
                : throw new ArgumentException("The code is opposite to the one to start from: no path between " +
                    "them on the sphere is the shortest. Go through a third code.", nameof(to));
        }
        return t =>
        {
            double scale = ((1 - t) * fromLength + t * toLength) / sine;
            return new Parts(scale * Math.Sin((1 - t) * angle) / fromLength, scale * Math.Sin(t * angle) / toLength);
        };
    }

    private static double Length(float[] code) => Math.Sqrt(code.Sum(number => (double)number * number));

    /// <summary>By the unit vectors' difference and sum: the arc cosine is blind to small angles.</summary>
    private static double Angle(float[] one, double oneLength, float[] other, double otherLength)
    {
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            double a = one[i] / oneLength;
            double b = other[i] / otherLength;
            difference += (a - b) * (a - b);
            sum += (a + b) * (a + b);
        }
        return 2 * Math.Atan2(Math.Sqrt(difference), Math.Sqrt(sum));
    }

    /// <summary>A point of the path is so much of each end.</summary>
    private readonly record struct Parts(double OfFrom, double OfTo);
}
