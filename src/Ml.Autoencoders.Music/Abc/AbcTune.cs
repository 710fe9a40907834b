namespace Ml.Autoencoders.Music.Abc;

/// <summary>The text of a tune.</summary>
/// <param name="Number">What its field <c>X:</c> says, as it stands there.</param>
/// <param name="Lines">The fields of the file's own header, and the lines of the tune after <c>X:</c>, each with its
/// number in the file, from 1.</param>
internal sealed record AbcTune(string Number, IReadOnlyList<(int Number, string Text)> Lines);
