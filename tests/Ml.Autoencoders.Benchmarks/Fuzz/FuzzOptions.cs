using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>How many inputs of each kind, and of which seed.</summary>
/// <param name="Counts">By kind.</param>
/// <param name="Seed">The same one gives the same inputs.</param>
/// <param name="Folder">Where inputs that break a promise are kept.</param>
internal sealed record FuzzOptions(IReadOnlyDictionary<string, int> Counts, int Seed, string Folder)
{
    public const string Archives = "archives";
    public const string Checkpoints = "checkpoints";
    public const string Weights = "weights";

    private const string SeedName = "seed";
    private const string FolderName = "out";

    /// <summary>Names, each followed by its value.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or has no value.</exception>
    public static FuzzOptions Parse(string[] arguments)
    {
        Dictionary<string, int> counts = new() { [Archives] = 1000, [Checkpoints] = 200, [Weights] = 300 };
        (int seed, string folder) = (1, "fuzz-violations");
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            string value =
                i + 1 < arguments.Length ? arguments[i + 1] : throw new ArgumentException($"'{name}' has no value.");
            if (name == FolderName)
                folder = value;
            else if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw new ArgumentException($"'{name}' is '{value}', not a number.");
            else if (name == SeedName)
                seed = number;
            else if (counts.ContainsKey(name))
                counts[name] = number;
            else
                throw new ArgumentException(
                    $"'{name}' is unknown; there are {Archives}, {Checkpoints}, {Weights}, {SeedName}, {FolderName}.");
        }
        return new FuzzOptions(counts, seed, folder);
    }
}
