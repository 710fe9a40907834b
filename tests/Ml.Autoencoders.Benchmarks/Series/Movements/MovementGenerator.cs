using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Benchmarks.Series.Movements;

/// <summary>
/// Windows of five movements as an accelerometer on the wrist would see them: 100 steps, two seconds at 50 Hz, of three
/// axes (x forward, y sideways, z up), gravity taken off. It was written before anything was fitted to its windows, and
/// has not been changed since.
/// </summary>
/// <remarks>
/// <para>Each movement is a curve of the angle a of its cycle:</para>
/// <list type="bullet">
/// <item>Walking, a stride of two steps: x = 0.5 sin(2a + 0.6), y = 0.4 sin(a), z = sin(2a) + 0.3 sin(4a + 1).</item>
/// <item>Running, the same with an impact p(2a) at each step: x = -0.5 p(2a - 0.8), y = 0.3 sin(a), z = p(2a), where
/// p(b) = exp(3 (cos(b) - 1)) less its mean over a cycle.</item>
/// <item>Circling, a horizontal circle: x = cos(a), y = sin(a), z = 0.2 sin(2a).</item>
/// <item>Waving from side to side, pulled inward twice in a cycle: x = 0.3 sin(a), y = t(a), z = 0.5 cos(2a), where
/// t is the triangle wave from -1 to 1 that is 0 and rises at 0.</item>
/// <item>Winding, an upright circle that speeds up: x = cos(a), y = 0.2 sin(2a), z = sin(a).</item>
/// </list>
/// <para>Of each window are drawn: its <b>phase</b>, the angle at its first step, uniform over the circle; its
/// <b>speed</b>, 2 to 5 cycles in 100 steps, uniform, which in winding grows evenly from a half to one and a half of
/// itself; and its <b>amplitude</b>, 0.5 to 1.5, uniform, the root mean square of all 300 numbers of the movement.
/// <b>Noise</b> is normal and independent from number to number, with a quarter of the amplitude as its standard
/// deviation.</para>
/// </remarks>
internal static class MovementGenerator
{
    public const int Steps = 100;
    public const int Axes = 3;

    private const double LeastCycles = 2;
    private const double MostCycles = 5;
    private const double LeastAmplitude = 0.5;
    private const double MostAmplitude = 1.5;
    private const double Noise = 0.25;

    private const double Sharpness = 3;

    /// <summary>Of exp(3 (cos(b) - 1)) over a cycle.</summary>
    private static readonly double MeanImpact =
        Enumerable.Range(0, 1000).Average(i => Math.Exp(Sharpness * (Math.Cos(Math.Tau * i / 1000) - 1)));

    public static IReadOnlyList<Movement> All { get; } = Enum.GetValues<Movement>();

    /// <summary>As many windows of each movement, one after the other.</summary>
    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="count">Windows of each movement.</param>
    public static MovementWindow[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).SelectMany(_ => All).Select(movement => Draw(movement, random))];
    }

    private static MovementWindow Draw(Movement movement, Random random)
    {
        double phase = Math.Tau * random.NextDouble();
        double cycles = Between(LeastCycles, MostCycles, random);
        double amplitude = Between(LeastAmplitude, MostAmplitude, random);
        var window = new double[Steps * Axes];
        for (int step = 0; step < Steps; step++)
        {
            double time = (double)step / Steps;
            double turned = movement == Movement.Winding ? (time + time * time) / 2 : time;
            (double x, double y, double z) = At(movement, phase + Math.Tau * cycles * turned);
            (window[step * Axes], window[step * Axes + 1], window[step * Axes + 2]) = (x, y, z);
        }
        double scale = amplitude / Math.Sqrt(window.Average(value => value * value));
        return new MovementWindow
        {
            Label = movement.ToString(),
            Window = [.. window.Select(value => (float)(scale * value + Noise * amplitude * random.NextNormal()))],
        };
    }

    /// <summary>The acceleration forward, sideways and up at an angle.</summary>
    private static (double X, double Y, double Z) At(Movement movement, double a) => movement switch
    {
        Movement.Walking => (0.5 * Math.Sin(2 * a + 0.6), 0.4 * Math.Sin(a),
            Math.Sin(2 * a) + 0.3 * Math.Sin(4 * a + 1)),
        Movement.Running => (-0.5 * Impact(2 * a - 0.8), 0.3 * Math.Sin(a), Impact(2 * a)),
        Movement.Circling => (Math.Cos(a), Math.Sin(a), 0.2 * Math.Sin(2 * a)),
        Movement.Waving => (0.3 * Math.Sin(a), Triangle(a), 0.5 * Math.Cos(2 * a)),
        Movement.Winding => (Math.Cos(a), 0.2 * Math.Sin(2 * a), Math.Sin(a)),
        _ => throw new ArgumentOutOfRangeException(nameof(movement)),
    };

    private static double Impact(double b) => Math.Exp(Sharpness * (Math.Cos(b) - 1)) - MeanImpact;

    private static double Triangle(double a) => 2 / Math.PI * Math.Asin(Math.Sin(a));

    private static double Between(double least, double most, Random random) =>
        least + (most - least) * random.NextDouble();
}
