namespace Ml.Autoencoders.Codes;

/// <summary>
/// The angle θ between a draw and the mean, of one row: its density is in proportion to
/// p(θ) = exp(κ (cos θ - 1)) sin^(Z - 2) θ. The sums over its panels are those of Gauss and Legendre, exact to some
/// 1e-10, in double, whose range and whose panels follow κ and Z.
/// </summary>
internal sealed class PolarAngle
{
    private const int Panels = 48;

    /// <summary>How far the panels reach to either side of the mode, in deviations there; beyond lies less than
    /// e^-40, also where the density falls more slowly than that of the normal distribution.</summary>
    private const double Reach = 9 * 1.4142135623730951;

    /// <summary>Of four points, from -1 to 1 (Abramowitz and Stegun 1964, table 25.4).</summary>
    private static readonly (double Place, double Weight)[] Points =
    [
        (-0.861136311594052575, 0.347854845137453857), (-0.339981043584856265, 0.652145154862546143),
        (0.339981043584856265, 0.652145154862546143), (0.861136311594052575, 0.347854845137453857),
    ];

    private readonly int _power;
    private readonly double _mode;
    private readonly double _logHeight;
    private readonly double _start;
    private readonly double _width;

    /// <summary>∫ p / p(mode), and ∫ (1 - cos) p / p(mode), from the start to the end of each panel, and from there
    /// to the end of all.</summary>
    private readonly Sums[] _below = new Sums[Panels + 1];
    private readonly Sums[] _above = new Sums[Panels + 1];

    public PolarAngle(int size, double concentration)
    {
        _power = size - 2;
        Concentration = concentration;
        (double power, double twice) = (_power, 2 * concentration);
        // Where the density is greatest: κ sin² θ = (Z - 2) cos θ.
        double cosine = _power == 0 ? 1 : twice / (power + Math.Sqrt(power * power + twice * twice));
        double squaredSine = concentration > power ? power * cosine / concentration : 1 - cosine * cosine;
        _mode = Math.Atan2(Math.Sqrt(squaredSine), cosine);
        _logHeight = LogDensity(_mode, out _);
        double curvature = concentration * cosine + (_power == 0 ? 0 : power / squaredSine);
        double reach = Math.Min(Math.PI, Reach / Math.Sqrt(curvature));
        _start = Math.Max(0, _mode - reach);
        _width = (Math.Min(Math.PI, _mode + reach) - _start) / Panels;
        var panels = new Sums[Panels];
        double second = 0;
        for (int i = 0; i < Panels; i++)
        {
            panels[i] = Between(_start + i * _width, _start + (i + 1) * _width, ref second);
            _below[i + 1] = _below[i] + panels[i];
        }
        for (int i = Panels - 1; i >= 0; i--)
            _above[i] = _above[i + 1] + panels[i];
        Sums all = _above[0];
        LogNormalizer = _logHeight + Math.Log(all.Mass);
        MeanFall = all.Fall / all.Mass;
        FallVariance = second / all.Mass - MeanFall * MeanFall;
    }

    /// <summary>κ.</summary>
    public double Concentration { get; }

    /// <summary>ln ∫ p.</summary>
    public double LogNormalizer { get; }

    /// <summary>E (1 - cos θ), of which large κ leaves digits that those of E cos θ would hide.</summary>
    public double MeanFall { get; }

    /// <summary>Var cos θ.</summary>
    public double FallVariance { get; }

    /// <summary>
    /// The angle below which a draw is as likely as a normal number below this one, and its slope in κ, which is
    /// -(∂F/∂κ) / f of the distribution function F and its density f (Figurnov et al. 2018, "Implicit
    /// Reparameterization Gradients", equation 5). Both are summed from the nearer end, so that they keep their
    /// digits there.
    /// </summary>
    public (double Angle, double Slope) Quantile(double normal)
    {
        double total = _above[0].Mass;
        if (!double.IsFinite(total) || double.IsNaN(normal))
            return (double.NaN, double.NaN);
        bool isBelow = normal < 0;
        double wanted = total * NormalTail(Math.Abs(normal));
        (int panel, double angle) = isBelow ? PanelBelow(wanted) : PanelAbove(wanted);
        (double least, double most) = (_start + panel * _width, _start + (panel + 1) * _width);
        Sums sums = default;
        double density = 0;
        for (int step = 0; step < 60; step++)
        {
            sums = isBelow ? _below[panel] + Between(_start + panel * _width, angle)
                : _above[panel + 1] + Between(angle, _start + (panel + 1) * _width);
            density = Density(angle, out _);
            double excess = isBelow ? sums.Mass - wanted : wanted - sums.Mass;
            (least, most) = excess > 0 ? (least, angle) : (angle, most);
            double next = angle - excess / density;
            if (!(next >= least && next <= most))
                next = (least + most) / 2;
            bool isFound = Math.Abs(next - angle) <= 1e-13 * _width;
            angle = next;
            if (isFound)
                break;
        }
        // ∂F/∂κ: the mean of cos θ - E cos θ over what lies below, or its negative over what lies above.
        double change = (isBelow ? -1 : 1) * (sums.Fall - MeanFall * sums.Mass);
        return (angle, density > 0 ? -change / density : 0);
    }

    /// <summary>The panel that holds the angle below which lies so much, and where that is if density is
    /// even.</summary>
    private (int Panel, double Angle) PanelBelow(double wanted)
    {
        int panel = 0;
        while (panel < Panels - 1 && _below[panel + 1].Mass < wanted)
            panel++;
        double mass = _below[panel + 1].Mass - _below[panel].Mass;
        return (panel, Within(panel, (wanted - _below[panel].Mass) / mass));
    }

    /// <summary>The same for what lies above.</summary>
    private (int Panel, double Angle) PanelAbove(double wanted)
    {
        int panel = Panels - 1;
        while (panel > 0 && _above[panel].Mass < wanted)
            panel--;
        double mass = _above[panel].Mass - _above[panel + 1].Mass;
        return (panel, Within(panel, (_above[panel].Mass - wanted) / mass));
    }

    /// <summary>Strictly within a panel, where the density is above 0.</summary>
    private double Within(int panel, double share) =>
        _start + (panel + (double.IsNaN(share) ? 0.5 : Math.Clamp(share, 1e-6, 1 - 1e-6))) * _width;

    private Sums Between(double least, double most)
    {
        double second = 0;
        return Between(least, most, ref second);
    }

    /// <param name="least">Where it begins.</param>
    /// <param name="most">Where it ends.</param>
    /// <param name="second">∫ (1 - cos)² p / p(mode) is added to it.</param>
    private Sums Between(double least, double most, ref double second)
    {
        double half = (most - least) / 2;
        Sums sums = default;
        foreach ((double place, double weight) in Points)
        {
            double angle = least + half * (1 + place);
            double mass = half * weight * Density(angle, out double fall);
            sums += new Sums(mass, mass * fall);
            second += mass * fall * fall;
        }
        return sums;
    }

    /// <summary>p / p(mode).</summary>
    private double Density(double angle, out double fall) => Math.Exp(LogDensity(angle, out fall) - _logHeight);

    /// <summary>ln p.</summary>
    /// <param name="angle">θ.</param>
    /// <param name="fall">1 - cos θ = 2 sin² (θ / 2).</param>
    private double LogDensity(double angle, out double fall)
    {
        (double sine, double cosine) = Math.SinCos(angle / 2);
        fall = 2 * sine * sine;
        return -Concentration * fall + (_power == 0 ? 0 : _power * Math.Log(2 * sine * cosine));
    }

    /// <summary>The probability of a normal number above this one, which is not below 0, to 1.2e-7 of itself (Press
    /// et al. 1992, "Numerical Recipes in C", section 6.2).</summary>
    private static double NormalTail(double number)
    {
        double z = number / Math.Sqrt(2);
        double t = 1 / (1 + z / 2);
        double polynomial = -1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
            + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
        return t * Math.Exp(-z * z + polynomial) / 2;
    }

    private readonly record struct Sums(double Mass, double Fall)
    {
        public static Sums operator +(Sums left, Sums right) => new(left.Mass + right.Mass, left.Fall + right.Fall);
    }
}
