using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>The way from one melody to another, through codes.</summary>
/// <param name="EndsAreReconstructions">Whether its first and last step are what the two melodies are given back
/// as.</param>
/// <param name="StepsAreWindows">Whether each step has a key at each of its steps, none of them missing.</param>
internal sealed record MelodyBlend(bool EndsAreReconstructions, bool StepsAreWindows)
{
    private const int Steps = 8;

    /// <summary>Prints the steps in words.</summary>
    public static MelodyBlend Print(AutoencoderTransformer model, uint[] from, uint[] to)
    {
        AutoencoderTokens tokens = model.Tokens;
        uint[][] blend = tokens.Interpolate(tokens.Encode(from), tokens.Encode(to), Steps);
        Console.WriteLine($"Pitches of {Steps} steps between two test melodies:");
        foreach (uint[] melody in blend)
            Console.WriteLine($"    {string.Join(' ', melody.Select(MelodyKeys.PitchOf).OfType<int>())}");
        Console.WriteLine();
        return new(
            blend[0].SequenceEqual(tokens.Reconstruct(from)) && blend[^1].SequenceEqual(tokens.Reconstruct(to)),
            blend.Length == Steps && Array.TrueForAll(blend, IsWindow));

        bool IsWindow(uint[] melody) => melody.Length == from.Length &&
            Array.TrueForAll(melody, key => key is >= MelodyKeys.Hold and <= MelodyKeys.Count);
    }
}
