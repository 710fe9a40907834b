using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>What the command line says.</summary>
/// <param name="Folder">Of MIDI and ABC files; null for the tunes that come with the program.</param>
/// <param name="Reading">Which windows they give.</param>
/// <param name="Midi">How melodies sound in files.</param>
/// <param name="OutputFolder">For pictures and MIDI files.</param>
internal sealed record Settings(string? Folder, MelodyReaderOptions Reading, MelodyMidiOptions Midi,
    string OutputFolder);
