using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>Melodies to learn from, and others to be judged by.</summary>
/// <param name="Training">Of these pieces the model learns.</param>
/// <param name="HeldOut">Of pieces of which it sees nothing.</param>
internal sealed record Division(IReadOnlyList<MelodyWindow> Training, IReadOnlyList<MelodyWindow> HeldOut)
{
    /// <summary>With fewer melodies there is nothing to learn.</summary>
    public const int FewestMelodies = 50;

    private const double HeldOutShare = 0.1;

    /// <summary>Holds out whole pieces, drawn at random, with about a tenth of the melodies: windows of one piece
    /// overlap, and repeat each other.</summary>
    /// <exception cref="InvalidDataException">There are too few melodies, or they are of one piece.</exception>
    public static Division Of(IReadOnlyList<MelodyWindow> melodies, int seed)
    {
        IGrouping<string, MelodyWindow>[] pieces = [.. melodies.GroupBy(window => window.Piece)];
        if (melodies.Count < FewestMelodies)
        {
            throw new InvalidDataException($"There are {melodies.Count} melodies, and at least {FewestMelodies} are " +
                "needed. The table says which rule cost how many; --bars 1 asks for less, --loose takes recordings.");
        }
        if (pieces.Length == 1)
        {
            throw new InvalidDataException($"All {melodies.Count} melodies are of '{pieces[0].Key}'. Some pieces are " +
                "held out to judge the model by, so that at least 2 files or tunes are needed.");
        }
        new Random(seed).Shuffle(pieces);
        int room = Math.Max(1, (int)(HeldOutShare * melodies.Count));
        var heldOut = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, MelodyWindow> piece in pieces)
        {
            if (piece.Count() > room)
                continue;
            heldOut.Add(piece.Key);
            room -= piece.Count();
        }
        // Of a few large pieces, the smallest.
        if (heldOut.Count == 0)
            heldOut.Add(pieces.MinBy(piece => piece.Count())!.Key);
        return new([.. melodies.Where(window => !heldOut.Contains(window.Piece))],
            [.. melodies.Where(window => heldOut.Contains(window.Piece))]);
    }
}
