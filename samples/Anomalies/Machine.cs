namespace Anomalies;

/// <summary>What is known of a machine at one moment.</summary>
internal sealed class Machine
{
    /// <summary>Pump, fan or compressor.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Turns a minute.</summary>
    public float Speed { get; set; }

    /// <summary>Kilowatts.</summary>
    public float Power { get; set; }

    /// <summary>Degrees Celsius; NaN where the sensor did not answer.</summary>
    public float Temperature { get; set; }

    /// <summary>Millimeters a second.</summary>
    public float Vibration { get; set; }

    /// <summary>Bar; NaN where the sensor did not answer.</summary>
    public float Pressure { get; set; }

    /// <summary>1 where a reading does not fit the others, else 0.</summary>
    public float Label { get; set; }

    /// <summary>The name of that reading.</summary>
    public string Odd { get; set; } = "";
}
