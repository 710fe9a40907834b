using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>Draws a <see cref="PianoRoll"/>. All lengths are in pixels before <see cref="PianoRoll.Scale"/>.</summary>
internal sealed class PianoRollPainter
{
    private const int Octave = 12;
    private const int Gap = 12;
    private const float NameSize = 11;
    private const int Margin = GridLayout.Margin;
    private const int TextGap = GridLayout.TextGap;

    private readonly PianoRoll _roll;
    private readonly Lettering _lettering;
    private readonly Palette _palette;
    private readonly int _lowest;
    private readonly int _lanes;
    private readonly int _left;
    private readonly int _top;
    private readonly double _step;

    public PianoRollPainter(PianoRoll roll, Lettering lettering)
    {
        _roll = roll;
        _lettering = lettering;
        _palette = Palette.Of(roll.Theme);
        int[] pitches = [.. roll.Rows.SelectMany(row => row.Notes).Select(note => note.Pitch)];
        // A lane above and one below; without notes, or with few pitches, an octave.
        _lowest = pitches.Length > 0 ? pitches.Min() - 1 : 5 * Octave;
        _lanes = Math.Max((pitches.Length > 0 ? pitches.Max() + 1 : 0) - _lowest + 1, Octave + 1);
        float label = roll.Rows.Max(row => lettering.Width(row.Label, GridLayout.LabelSize));
        _left = Margin + (label > 0 ? (int)MathF.Ceiling(label) + TextGap : 0)
            + (int)MathF.Ceiling(lettering.Width("C-1", NameSize)) + TextGap / 2;
        _top = Margin + (roll.Title.Length > 0
            ? (int)MathF.Ceiling(lettering.Height(GridLayout.TitleSize)) + TextGap : 0);
        _step = roll.RowWidth / roll.Rows.Max(row => row.Steps);
        long title = (long)MathF.Ceiling(lettering.Width(roll.Title, GridLayout.TitleSize));
        long width = Math.Max(_left + (long)roll.RowWidth, Margin + title) + Margin;
        long height = _top + roll.Rows.Count * (long)(RowHeight + Gap) - Gap + Margin;
        if (Math.Max(width, height) * roll.Scale > Picture.LongestSide)
        {
            throw new InvalidOperationException(
                $"The picture would be {width * roll.Scale} x {height * roll.Scale} pixels; the longest side may " +
                $"have {Picture.LongestSide}. Lower PianoRoll.LaneHeight (it is {roll.LaneHeight}) or draw fewer " +
                "rows.");
        }
        Width = (int)width;
        Height = (int)height;
    }

    public int Width { get; }

    public int Height { get; }

    private int RowHeight => _lanes * _roll.LaneHeight;

    public void Draw(SKCanvas canvas)
    {
        canvas.Scale(_roll.Scale);
        _lettering.Draw(canvas, _roll.Title, Margin, Margin, GridLayout.TitleSize, _palette.Title);
        for (int row = 0; row < _roll.Rows.Count; row++)
            DrawRow(canvas, _roll.Rows[row], _top + row * (RowHeight + Gap));
    }

    private void DrawRow(SKCanvas canvas, PianoRollRow row, int top)
    {
        float right = X(row.Steps);
        DrawLanes(canvas, top, right);
        DrawTimes(canvas, row.Steps, top);
        using var frame = new SKPaint { Color = Blend(_palette.Text, 0.6f), Style = SKPaintStyle.Stroke };
        canvas.DrawRect(_left + 0.5f, top + 0.5f, right - _left - 1, RowHeight - 1, frame);
        float middle = top + RowHeight / 2f - _lettering.Height(GridLayout.LabelSize) / 2;
        _lettering.Draw(canvas, row.Label, Margin, middle, GridLayout.LabelSize, _palette.Text);
        using var ink = new SKPaint { Color = _palette.Series[0], IsAntialias = true };
        foreach (PianoRollNote note in row.Notes)
        {
            // Notes that follow each other at one pitch stay apart.
            float left = X(note.Start) + 1;
            float width = Math.Max(X(note.Start + note.Length) - left - 1, 1);
            float y = Y(note.Pitch, top);
            float radius = Math.Min(_roll.LaneHeight, width) / 4;
            canvas.DrawRoundRect(left, y, width, _roll.LaneHeight, radius, radius, ink);
        }
    }

    /// <summary>Shades the lanes of black keys, and names each C at the left.</summary>
    private void DrawLanes(SKCanvas canvas, int top, float right)
    {
        using var shade = new SKPaint { Color = Blend(_palette.Rule, 0.45f) };
        using var line = new SKPaint { Color = _palette.Rule };
        for (int pitch = _lowest; pitch < _lowest + _lanes; pitch++)
        {
            int place = (pitch + Octave) % Octave;
            float y = Y(pitch, top);
            if (place is 1 or 3 or 6 or 8 or 10)
                canvas.DrawRect(_left, y, right - _left, _roll.LaneHeight, shade);
            if (place != 0)
                continue;
            canvas.DrawRect(_left, y + _roll.LaneHeight - 0.5f, right - _left, 1, line);
            string name = FormattableString.Invariant($"C{pitch / Octave - 1}");
            _lettering.Draw(canvas, name, _left - TextGap / 2 - _lettering.Width(name, NameSize),
                y + (_roll.LaneHeight - _lettering.Height(NameSize)) / 2, NameSize, _palette.Text);
        }
    }

    private void DrawTimes(SKCanvas canvas, double steps, int top)
    {
        using var beat = new SKPaint { Color = _palette.Rule };
        using var bar = new SKPaint { Color = Blend(_palette.Text, 0.6f) };
        // Lines closer than this would be a gray area.
        const double Closest = 3;
        foreach ((int apart, SKPaint paint) in new[] { (_roll.StepsPerBeat, beat), (_roll.StepsPerBar, bar) })
        {
            for (int step = apart; step < steps && apart * _step >= Closest; step += apart)
                canvas.DrawRect(MathF.Round(X(step)), top, 1, RowHeight, paint);
        }
    }

    private float X(double step) => (float)(_left + step * _step);

    private float Y(int pitch, int top) => top + (_lowest + _lanes - 1 - pitch) * _roll.LaneHeight;

    /// <summary>A color of the palette, mixed with the paper.</summary>
    private SKColor Blend(SKColor color, float share)
    {
        SKColor paper = _palette.Paper;
        return new SKColor(Mix(color.Red, paper.Red), Mix(color.Green, paper.Green), Mix(color.Blue, paper.Blue));

        byte Mix(byte one, byte other) => (byte)MathF.Round(one * share + other * (1 - share));
    }
}
