namespace Ml.Autoencoders.Music;

/// <summary>How melodies sound in a MIDI file.</summary>
public sealed record MelodyMidiOptions
{
    /// <summary>Quarter notes a minute.</summary>
    /// <value>From 20 to 400. The default is 120.</value>
    public int BeatsPerMinute
    {
        get;
        init
        {
            Require.Within(value, 20, 400, nameof(MelodyMidiOptions), nameof(BeatsPerMinute));
            field = value;
        }
    } = 120;

    /// <summary>Bars of rest between two melodies, so that each is heard, and read back, alone.</summary>
    /// <value>From 0 to 16. The default is 1.</value>
    public int RestBars
    {
        get;
        init
        {
            Require.Within(value, 0, 16, nameof(MelodyMidiOptions), nameof(RestBars));
            field = value;
        }
    } = 1;

    /// <summary>The instrument, as General MIDI numbers them from 0: 0 is a piano, 73 a flute.</summary>
    /// <value>From 0 to 127. The default is 0.</value>
    public int Instrument
    {
        get;
        init
        {
            Require.Within(value, 0, 127, nameof(MelodyMidiOptions), nameof(Instrument));
            field = value;
        }
    }
}
