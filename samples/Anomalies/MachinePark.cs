namespace Anomalies;

/// <summary>
/// Makes up machines. Their readings follow from their kind, their speed, their load and the weather of their site,
/// and no site has all kinds. Of an odd machine one sensor reads twice or half as much as it should, or it is
/// listed as another kind, or at a site that has none of its kind: each value is usual, but does not fit the others.
/// </summary>
internal sealed class MachinePark(int seed)
{
    private const double MissingShare = 0.05;

    private static readonly string[] Odd = [.. Machine.Columns.Where(column => column != nameof(Machine.Speed))];

    private static readonly (string Name, double Speed, double Power, double Pressure)[] Kinds =
        [("pump", 1450, 11, 6), ("fan", 960, 4, 1.2), ("compressor", 2950, 30, 9)];

    /// <summary>Each has all kinds but one.</summary>
    private static readonly (string Name, double Warmth, int Lacks)[] Sites =
        [("harbor", 15, 1), ("mill", 30, 2), ("quarry", 22, 0)];

    private readonly Random _random = new(seed);

    public Machine[] Make(int count, double oddShare)
    {
        Machine[] machines = [.. Enumerable.Range(0, count).Select(i => Make(isOdd: i < count * oddShare))];
        _random.Shuffle(machines);
        return machines;
    }

    private Machine Make(bool isOdd)
    {
        int kind = _random.Next(Kinds.Length);
        int site = (Array.FindIndex(Sites, place => place.Lacks == kind) + 1 + _random.Next(2)) % Sites.Length;
        Machine machine = Usual(kind, site);
        if (isOdd)
        {
            machine.Label = 1;
            machine.Odd = Odd[_random.Next(Odd.Length)];
            machine[machine.Odd] = machine.Odd switch
            {
                nameof(Machine.Kind) => Kinds[(kind + 1 + _random.Next(2)) % Kinds.Length].Name,
                nameof(Machine.Site) => Sites.First(place => place.Lacks == kind).Name,
                string reading => (float)machine[reading] * (_random.Next(2) == 0 ? 2 : 0.5f),
            };
        }
        foreach (string column in Machine.Columns)
        {
            if (_random.NextDouble() < MissingShare && column != machine.Odd)
                machine = Gap(machine, column);
        }
        return machine;
    }

    private static Machine Gap(Machine machine, string column)
    {
        Machine other = machine.Without(column);
        (other.Label, other.Odd) = (machine.Label, machine.Odd);
        return other;
    }

    private Machine Usual(int kind, int site)
    {
        (string name, double fullSpeed, double fullPower, double fullPressure) = Kinds[kind];
        double speed = 0.5 + 0.5 * _random.NextDouble();
        double load = 0.3 + 0.7 * _random.NextDouble();
        // The affinity laws: pressure goes with the square of the speed, power with the cube.
        double power = load * Math.Pow(speed, 3);
        return new Machine
        {
            Kind = name,
            Site = Sites[site].Name,
            Speed = (float)(fullSpeed * speed),
            Power = Noisy(fullPower * power),
            Temperature = Noisy(Sites[site].Warmth + 60 * Math.Sqrt(power)),
            Vibration = Noisy(0.8 + 4 * speed * speed * (1.2 - load)),
            Pressure = Noisy(fullPressure * speed * speed * (1.3 - 0.5 * load)),
        };
    }

    /// <summary>Sensors are right to some three percent.</summary>
    private float Noisy(double value) =>
        (float)(value * (1 + 0.03 * (_random.NextDouble() + _random.NextDouble() - 1)));
}
