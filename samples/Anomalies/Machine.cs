using Microsoft.ML.Data;

namespace Anomalies;

/// <summary>What is known of a machine at one moment: a line of the file of machines.</summary>
internal class Machine
{
    /// <summary>Pump, fan or compressor; empty where it is not known.</summary>
    [LoadColumn(0)]
    public string Kind { get; set; } = "";

    /// <summary>Where it stands; empty where that is not known.</summary>
    [LoadColumn(1)]
    public string Site { get; set; } = "";

    /// <summary>Turns per minute. This and the other readings are NaN where the sensor did not answer.</summary>
    [LoadColumn(2)]
    public float Speed { get; set; }

    /// <summary>Kilowatts.</summary>
    [LoadColumn(3)]
    public float Power { get; set; }

    /// <summary>Degrees Celsius.</summary>
    [LoadColumn(4)]
    public float Temperature { get; set; }

    /// <summary>Millimeters per second.</summary>
    [LoadColumn(5)]
    public float Vibration { get; set; }

    /// <summary>Bar.</summary>
    [LoadColumn(6)]
    public float Pressure { get; set; }

    /// <summary>1 where a value does not fit the others, else 0.</summary>
    [LoadColumn(7)]
    public float Label { get; set; }

    /// <summary>The name of that column; empty where there is none.</summary>
    [LoadColumn(8)]
    public string Odd { get; set; } = "";

    /// <summary>The names of the columns that a detector sees.</summary>
    public static string[] Columns { get; } =
        [nameof(Kind), nameof(Site), nameof(Speed), nameof(Power), nameof(Temperature), nameof(Vibration),
            nameof(Pressure)];

    /// <summary>The columns of those that hold numbers.</summary>
    public static string[] Readings { get; } = Columns[2..];

    /// <summary>The value of a column.</summary>
    public object this[string column]
    {
        get => column switch
        {
            nameof(Kind) => Kind,
            nameof(Site) => Site,
            nameof(Speed) => Speed,
            nameof(Power) => Power,
            nameof(Temperature) => Temperature,
            nameof(Vibration) => Vibration,
            _ => Pressure,
        };
        set
        {
            switch (column)
            {
                case nameof(Kind): Kind = (string)value; break;
                case nameof(Site): Site = (string)value; break;
                case nameof(Speed): Speed = (float)value; break;
                case nameof(Power): Power = (float)value; break;
                case nameof(Temperature): Temperature = (float)value; break;
                case nameof(Vibration): Vibration = (float)value; break;
                default: Pressure = (float)value; break;
            }
        }
    }

    /// <summary>The same machine with a gap in a column.</summary>
    public Machine Without(string column)
    {
        var other = new Machine();
        foreach (string name in Columns)
            other[name] = name != column ? this[name] : Readings.Contains(name) ? float.NaN : "";
        return other;
    }
}
