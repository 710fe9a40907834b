namespace Ml.Autoencoders.Music;

/// <summary>What reading gave of a voice of a MIDI file, of a tune or of a voice of it, or of a file that could not be
/// read.</summary>
/// <param name="Piece">The file and, for a tune, its number and title.</param>
/// <param name="Voice">Which voice it is; empty where the piece has one.</param>
/// <param name="Windows">How many windows it gave.</param>
/// <param name="Skipped">How many other places at which a window could begin each rule cost. Together with the windows
/// they are all places: one at each bar that is followed by enough bars.</param>
/// <param name="Fault">What is wrong with it, in one line that names the file, what was found and what was expected;
/// null where nothing is. A source with a fault gives no windows.</param>
public sealed record MelodySource(string Piece, string Voice, int Windows,
    IReadOnlyDictionary<MelodyRule, int> Skipped, string? Fault);
