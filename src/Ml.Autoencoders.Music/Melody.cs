namespace Ml.Autoencoders.Music;

/// <summary>Melodies as keys, a key each step (<see cref="MelodyKeys"/>), and as notes.</summary>
public static class Melody
{
    /// <summary>The notes of a melody. A note ends where the next one starts, at "off", or with the melody.</summary>
    /// <param name="keys">A key each step, from 0 to 90; at a missing one, 0, nothing happens.</param>
    /// <returns>In the order of their starts.</returns>
    /// <exception cref="ArgumentNullException">There are no keys.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A key is above 90.</exception>
    public static IReadOnlyList<MelodyNote> Notes(IReadOnlyList<uint> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var notes = new List<MelodyNote>();
        int start = 0;
        int? sounding = null;
        for (int step = 0; step <= keys.Count; step++)
        {
            bool isEnd = step == keys.Count;
            int? pitch = isEnd ? null : MelodyKeys.PitchOf(keys[step]);
            if (!isEnd && pitch is null && keys[step] != MelodyKeys.Off)
                continue;
            if (sounding is { } last)
                notes.Add(new MelodyNote(start, step - start, last));
            (start, sounding) = (step, pitch);
        }
        return notes;
    }

    /// <summary>The keys of notes. What <see cref="Notes"/> gives of them are the notes again.</summary>
    /// <param name="notes">In the order of their starts, no two at the same step. One that lasts until the next starts
    /// or longer ends there.</param>
    /// <param name="steps">Of the melody, at least 1; no note starts later.</param>
    /// <returns>A key each step. "Off" is only where a note ends.</returns>
    /// <exception cref="ArgumentNullException">There are no notes.</exception>
    /// <exception cref="ArgumentException">Notes are in another order, one has no step of its own or no
    /// key.</exception>
    public static uint[] FromNotes(IEnumerable<MelodyNote> notes, int steps)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var where = Place.Call(nameof(FromNotes));
        Require.AtLeast(steps, 1, where, nameof(steps));
        var keys = new uint[steps];
        Array.Fill(keys, MelodyKeys.Hold);
        int last = -1;
        // The end of the last note becomes "off" when no note is known to start before it or there.
        long end = steps;
        foreach (MelodyNote note in notes)
        {
            if (note.Start <= last || note.Start >= steps || note.Length < 1)
            {
                throw where.Wrong(nameof(notes), $"has a note at step {note.Start} of length {note.Length}; its " +
                    $"start must be above {last} and below {steps}, its length at least 1.");
            }
            if (end < note.Start)
                keys[end] = MelodyKeys.Off;
            last = note.Start;
            keys[note.Start] = MelodyKeys.OfPitch(note.Pitch);
            end = (long)note.Start + note.Length;
        }
        if (end < steps)
            keys[end] = MelodyKeys.Off;
        return keys;
    }

    /// <summary>How far a melody can be moved without a note leaving the pitches that have keys.</summary>
    /// <param name="keys">A key each step.</param>
    /// <returns>Semitones down, at most 0, and up, at least 0; (0, 0) where there is no note.</returns>
    public static (int Down, int Up) TranspositionRange(IReadOnlyList<uint> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        int[] pitches = [.. keys.Select(MelodyKeys.PitchOf).OfType<int>()];
        return pitches.Length == 0 ? (0, 0)
            : (MelodyKeys.LowestPitch - pitches.Min(), MelodyKeys.HighestPitch - pitches.Max());
    }

    /// <summary>Moves all notes of a melody by the same interval.</summary>
    /// <param name="keys">A key each step.</param>
    /// <param name="semitones">Upwards, or downwards where it is below 0; within
    /// <see cref="TranspositionRange"/>.</param>
    /// <returns>Other keys; the given ones stay.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A note would leave the pitches that have keys, 21 to
    /// 108.</exception>
    public static uint[] Transpose(IReadOnlyList<uint> keys, int semitones)
    {
        (int down, int up) = TranspositionRange(keys);
        uint[] moved = [.. keys];
        if (!moved.Any(key => MelodyKeys.PitchOf(key) is not null))
            return moved;
        Require.Within(semitones, down, up, Place.Call(nameof(Transpose)), nameof(semitones));
        for (int step = 0; step < moved.Length; step++)
        {
            if (MelodyKeys.PitchOf(moved[step]) is { } pitch)
                moved[step] = MelodyKeys.OfPitch(pitch + semitones);
        }
        return moved;
    }
}
