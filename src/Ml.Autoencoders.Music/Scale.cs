namespace Ml.Autoencoders.Music;

/// <summary>Major scales.</summary>
internal static class Scale
{
    private const int Semitones = 12;

    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];

    /// <summary>How many of the notes are in the major scale on C.</summary>
    public static int CMajor(IEnumerable<int> pitches) => Count(pitches, tonic: 0);

    /// <summary>How many of the notes are in the major scale that holds most of them.</summary>
    public static int MostOf(IReadOnlyCollection<int> pitches) =>
        Enumerable.Range(0, Semitones).Max(tonic => Count(pitches, tonic));

    private static int Count(IEnumerable<int> pitches, int tonic) =>
        pitches.Count(pitch => Major.Contains((pitch - tonic + Semitones) % Semitones));
}
