namespace Ml.Autoencoders.Plots;

/// <summary>
/// A picture of melodies one below the other: time goes to the right, a note is a bar at the height of its pitch, as on
/// the paper roll of a player piano. All rows have the same scales, so that equal melodies look equal.
/// </summary>
/// <example>
/// <code>
/// new PianoRoll { Title = "From one tune to another" }
///     .AddRow([new(0, 4, 60), new(4, 4, 64), new(8, 8, 67)], steps: 32, "first")
///     .AddRow([new(0, 8, 72), new(8, 8, 67), new(16, 16, 60)], steps: 32, "second")
///     .Save("blend.png");
/// </code>
/// </example>
/// <remarks>Lanes of black keys are shaded, lines stand at beats and bars, and each C has its name at the
/// left.</remarks>
public sealed class PianoRoll
{
    private const int HighestPitch = 127;
    private const double MostSteps = 1 << 16;

    private readonly List<PianoRollRow> _rows = [];

    /// <summary>The line above the rows.</summary>
    /// <value>The default is empty: no title.</value>
    public string Title
    {
        get;
        init
        {
            Require.NotNull(value, nameof(PianoRoll), nameof(Title));
            field = value;
        }
    } = "";

    /// <summary>Steps from one thin line to the next.</summary>
    /// <value>From 1 to 1,024. The default is 4: a beat of sixteenths.</value>
    public int StepsPerBeat
    {
        get;
        init
        {
            Require.Within(value, 1, 1024, nameof(PianoRoll), nameof(StepsPerBeat));
            field = value;
        }
    } = 4;

    /// <summary>Steps from one strong line to the next.</summary>
    /// <value>From 1 to 1,024. The default is 16: a bar of sixteenths.</value>
    public int StepsPerBar
    {
        get;
        init
        {
            Require.Within(value, 1, 1024, nameof(PianoRoll), nameof(StepsPerBar));
            field = value;
        }
    } = 16;

    /// <summary>The width of the longest row without its label, in pixels.</summary>
    /// <value>From 64 to 16,384. The default is 640.</value>
    public int RowWidth
    {
        get;
        init
        {
            Require.Within(value, 64, Picture.LongestSide, nameof(PianoRoll), nameof(RowWidth));
            field = value;
        }
    } = 640;

    /// <summary>The height of a semitone, in pixels.</summary>
    /// <value>From 1 to 64. The default is 6.</value>
    public int LaneHeight
    {
        get;
        init
        {
            Require.Within(value, 1, 64, nameof(PianoRoll), nameof(LaneHeight));
            field = value;
        }
    } = 6;

    /// <summary>By how much all lengths are multiplied: 2 for displays of high density.</summary>
    /// <value>From 1 to 8. The default is 1.</value>
    public int Scale
    {
        get;
        init
        {
            Require.Within(value, 1, 8, nameof(PianoRoll), nameof(Scale));
            field = value;
        }
    } = 1;

    /// <summary>Whether the picture is dark on white or light on almost black.</summary>
    /// <value>The default is <see cref="PlotTheme.Light"/>.</value>
    public PlotTheme Theme
    {
        get;
        init
        {
            Require.Defined(value, nameof(PianoRoll), nameof(Theme));
            field = value;
        }
    }

    internal IReadOnlyList<PianoRollRow> Rows => _rows;

    /// <summary>Adds a melody below the others.</summary>
    /// <param name="notes">In any order; there may be none, and several at a time.</param>
    /// <param name="steps">How long the melody is, up to 65,536; no note ends later.</param>
    /// <param name="label">The text to the left of the row.</param>
    /// <returns>This picture.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The length is not above 0, or a note is not within it, has no length or no
    /// MIDI pitch.</exception>
    public PianoRoll AddRow(IEnumerable<PianoRollNote> notes, double steps, string label = "")
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(label);
        var where = Place.Call(nameof(AddRow));
        Require.Above(steps, 0, where, nameof(steps));
        Require.AtMost(steps, MostSteps, where, nameof(steps));
        PianoRollNote[] row = [.. notes];
        foreach (PianoRollNote note in row)
        {
            if (!(note.Start >= 0 && note.Length > 0 && note.Start + note.Length <= steps)
                || note.Pitch is < 0 or > HighestPitch)
            {
                throw where.Wrong(nameof(notes), FormattableString.Invariant(
                    $"has {note}; a note must be within the {steps} steps, with a pitch from 0 to {HighestPitch}."));
            }
        }
        _rows.Add(new PianoRollRow(label, steps, row));
        return this;
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    /// <exception cref="InvalidOperationException">No row has been added, or the picture would be longer than 16,384
    /// pixels on a side.</exception>
    public byte[] ToPng()
    {
        if (_rows.Count == 0)
            throw new InvalidOperationException("The piano roll is empty. Add at least one row first.");
        using var lettering = new Lettering();
        var painter = new PianoRollPainter(this, lettering);
        return Picture.ToPng(painter.Width * Scale, painter.Height * Scale, Palette.Of(Theme).Paper, painter.Draw);
    }

    /// <summary>Writes the picture as a PNG file, whole or not at all. An existing file is replaced.</summary>
    /// <param name="path">Of the file, in a folder that exists.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="ToPng"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => Picture.Save(path, ToPng);
}
