using Microsoft.ML;

namespace Ml.Autoencoders.GoldenHashes;

/// <summary>The hashes of every subject and variant: one line each, <c>name hash</c>.</summary>
internal static class Golden
{
    public static int Print()
    {
        foreach (Hashed hashed in All())
            Console.WriteLine(hashed);
        return 0;
    }

    public static int Write(string file)
    {
        string[] lines = [.. All().Select(hashed => hashed.ToString())];
        File.WriteAllLines(file, lines);
        Console.WriteLine($"{lines.Length} hashes");
        return 0;
    }

    /// <summary>What is here and not in the file is new, and may be; what differs or is no longer here is an
    /// error.</summary>
    public static int Compare(string file)
    {
        Dictionary<string, string> before = File.ReadAllLines(file).Select(Hashed.Parse)
            .ToDictionary(hashed => hashed.Name, hashed => hashed.Hash);
        (int same, int added, int differ) = (0, 0, 0);
        foreach (Hashed hashed in All())
        {
            if (!before.Remove(hashed.Name, out string? expected))
            {
                added++;
                Console.WriteLine($"new      {hashed}");
            }
            else if (expected == hashed.Hash)
            {
                same++;
            }
            else
            {
                differ++;
                Console.WriteLine($"DIFFERS  {hashed}, before {expected}");
            }
        }
        foreach (string name in before.Keys)
            Console.WriteLine($"MISSING  {name}");
        Console.WriteLine($"{same} same, {added} new, {differ} different, {before.Count} missing");
        return differ + before.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<Hashed> All()
    {
        var ml = new MLContext(seed: 1);
        return
            from subject in Subject.All
            from variant in Variant.All
            where variant.Fits(subject)
            from hashed in Measured.Of(ml, subject, variant)
            select hashed with { Name = $"{subject.Name}/{variant.Name}/{hashed.Name}" };
    }
}
