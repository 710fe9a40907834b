namespace Heartbeats.Reading;

/// <summary>A row of the data view: what was read at one time.</summary>
internal sealed class SeriesRow
{
    /// <summary>A number for each column.</summary>
    public float[] Values { get; set; } = [];

    /// <summary>The series that the row belongs to; one and the same where there is only one.</summary>
    public string Group { get; set; } = "";

    /// <summary>When, where times are dates.</summary>
    public DateTime Date { get; set; }

    /// <summary>When, where times are numbers or the numbers of rows.</summary>
    public double Number { get; set; }
}
