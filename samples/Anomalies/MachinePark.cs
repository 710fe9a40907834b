namespace Anomalies;

/// <summary>
/// Makes up machines. Their readings follow from their kind, their speed and their load. One sensor of an odd machine
/// reads half too much, or two fifths too little: at another speed or load its reading would be right.
/// </summary>
internal sealed class MachinePark(int seed)
{
    private const double MissingShare = 0.05;

    private static readonly string[] Readings = [nameof(Machine.Power), nameof(Machine.Temperature),
        nameof(Machine.Vibration), nameof(Machine.Pressure)];

    private static readonly (string Kind, double Speed, double Power, double Pressure)[] Kinds =
        [("pump", 1450, 11, 6), ("fan", 960, 4, 1.2), ("compressor", 2950, 30, 9)];

    private readonly Random _random = new(seed);

    public Machine[] Make(int count, double oddShare) =>
        [.. Enumerable.Range(0, count)
            .Select(i => i < count * oddShare ? MakeOdd() : Make(_random.Next(Kinds.Length)))];

    private Machine Make(int kind)
    {
        (string name, double fullSpeed, double fullPower, double fullPressure) = Kinds[kind];
        double speed = 0.5 + 0.5 * _random.NextDouble();
        double load = 0.3 + 0.7 * _random.NextDouble();
        // The affinity laws: pressure goes with the square of the speed, power with the cube.
        double power = load * Math.Pow(speed, 3);
        return new Machine
        {
            Kind = name,
            Speed = (float)(fullSpeed * speed),
            Power = Noisy(fullPower * power),
            Temperature = OrMissing(Noisy(25 + 60 * Math.Sqrt(power))),
            Vibration = Noisy(0.8 + 4 * speed * speed * (1.2 - load)),
            Pressure = OrMissing(Noisy(fullPressure * speed * speed * (1.3 - 0.5 * load))),
        };
    }

    private Machine MakeOdd()
    {
        Machine machine;
        do
            machine = Make(_random.Next(Kinds.Length));
        while (float.IsNaN(machine.Temperature) || float.IsNaN(machine.Pressure));
        float drift = _random.Next(2) == 0 ? 1.5f : 0.6f;
        machine.Label = 1;
        machine.Odd = Readings[_random.Next(Readings.Length)];
        switch (machine.Odd)
        {
            case nameof(Machine.Power): machine.Power *= drift; break;
            case nameof(Machine.Temperature): machine.Temperature *= drift; break;
            case nameof(Machine.Vibration): machine.Vibration *= drift; break;
            default: machine.Pressure *= drift; break;
        }
        return machine;
    }

    /// <summary>Sensors are right to some three percent.</summary>
    private float Noisy(double value) =>
        (float)(value * (1 + 0.03 * (_random.NextDouble() + _random.NextDouble() - 1)));

    private float OrMissing(float value) => _random.NextDouble() < MissingShare ? float.NaN : value;
}
