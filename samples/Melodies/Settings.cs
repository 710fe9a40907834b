using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>What the command line says.</summary>
/// <param name="Folder">Of MIDI and ABC files; null for the tunes that come with the program.</param>
/// <param name="Rows">Melodies to use, from the first; null for all.</param>
/// <param name="Epochs">Of the fit; null for as many as it is meant to have.</param>
/// <param name="Reading">Which windows they give.</param>
/// <param name="Midi">How melodies sound in files.</param>
/// <param name="OutputFolder">For pictures and MIDI files.</param>
internal sealed record Settings(string? Folder, int? Rows, int? Epochs, MelodyReaderOptions Reading,
    MelodyMidiOptions Midi, string OutputFolder);
