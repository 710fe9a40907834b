using Ml.Autoencoders.Music;
using Ml.Autoencoders.Plots;

namespace Melodies;

/// <summary>Melodies as a MIDI file to hear and a picture to see.</summary>
internal sealed class MelodyFiles(Settings settings)
{
    private const int LongestLabel = 40;

    /// <summary>Writes NAME.mid and NAME.png.</summary>
    public void Write(string name, string title, IReadOnlyList<NamedMelody> melodies)
    {
        string path = Path.Combine(settings.OutputFolder, name);
        MelodyMidi.Save($"{path}.mid", melodies.Select(melody => melody.Keys), settings.Midi);
        var roll = new PianoRoll { Title = title, StepsPerBar = MelodyKeys.StepsPerBar };
        foreach (NamedMelody melody in melodies)
        {
            roll.AddRow(
                Melody.Notes(melody.Keys).Select(note => new PianoRollNote(note.Start, note.Length, note.Pitch)),
                melody.Keys.Length, Short(melody.Label));
        }
        roll.Save($"{path}.png");
        Console.WriteLine($"{path}.mid and {path}.png: {title}.");
    }

    /// <summary>What a picture calls a melody: the title of its tune, or its file.</summary>
    public static string Title(MelodyWindow window)
    {
        string[] parts = window.Piece.Split(" X:", 2);
        return parts.Length == 2 && parts[1].Split(' ', 2) is [_, var title] ? title : window.Piece;
    }

    private static string Short(string label) =>
        label.Length <= LongestLabel ? label : $"{label[..(LongestLabel - 3)]}...";
}
