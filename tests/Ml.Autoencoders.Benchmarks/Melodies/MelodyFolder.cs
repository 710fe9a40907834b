using System.Globalization;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>Windows of melodies for training, for choices and for the last word, each a key a step.</summary>
internal sealed record MelodyFolder(uint[][] Train, uint[][] Valid, uint[][] Test)
{
    private const int ShortTraining = 1_024;
    private const int ShortOthers = 128;

    /// <summary>Reads a folder of gzipped texts, train, valid and test, in which a line is a window and a number a
    /// step: 0 for a note that is held, 1 for its end, from 2 on the pitches, which are the keys less 1.</summary>
    public static MelodyFolder Read(string folder)
    {
        return new(Windows("train"), Windows("valid"), Windows("test"));

        uint[][] Windows(string name)
        {
            using TextReader text = new GzipSource(Path.Combine(folder, name + ".txt.gz")).OpenTextReader(0);
            return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Window)];
        }
    }

    /// <summary>The first windows of each part, to see whether everything runs.</summary>
    public MelodyFolder Shorten() => new(Train[..ShortTraining], Valid[..ShortOthers], Test[..ShortOthers]);

    private static uint[] Window(string line) =>
    [
        .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => uint.Parse(number, CultureInfo.InvariantCulture) + MelodyKeys.Hold),
    ];
}
