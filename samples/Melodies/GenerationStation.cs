using Ml.Autoencoders;
using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>What the model gives back, what it draws, and what lies between two melodies.</summary>
internal sealed class GenerationStation(AutoencoderTransformer model, Division division, MelodyFiles files)
{
    private const int Reconstructed = 4;
    private const int Drawn = 8;
    private const int BlendSteps = 8;
    private const int Seed = 1;

    private AutoencoderTokens Tokens => model.Tokens;

    public void Run()
    {
        MelodyWindow[] heldOut = [.. division.HeldOut.DistinctBy(window => window.Piece).Take(Reconstructed)];
        uint[][] reconstructed = Tokens.Reconstruct([.. heldOut.Select(window => window.Keys)]);
        files.Write("reconstructions", "Pieces that were not learned, and what their codes hold of them",
            [.. heldOut.SelectMany((window, i) => new NamedMelody[]
            {
                new(MelodyFiles.Title(window), window.Keys),
                new("reconstructed", reconstructed[i]),
            })]);

        files.Write("samples", "Melodies that nobody wrote",
            [.. Tokens.Sample(Drawn, Seed).Select((keys, i) => new NamedMelody($"{i + 1}", keys))]);

        MelodyWindow[] pieces = [.. division.Training.DistinctBy(window => window.Piece)];
        // Of one piece, two of its windows.
        MelodyWindow[] ends = pieces.Length > 1 ? [pieces[0], pieces[1]]
            : [division.Training[0], division.Training[^1]];
        float[][] codes = Tokens.Encode([.. ends.Select(window => window.Keys)]);
        uint[][] blend = Tokens.Interpolate(codes[0], codes[1], BlendSteps);
        files.Write("blend", $"In {BlendSteps} steps from one melody to another",
            [.. blend.Select((keys, i) => new NamedMelody(Label(i), keys))]);

        string Label(int step) => step == 0 ? MelodyFiles.Title(ends[0])
            : step == BlendSteps - 1 ? MelodyFiles.Title(ends[1]) : $"{step + 1}";
    }
}
