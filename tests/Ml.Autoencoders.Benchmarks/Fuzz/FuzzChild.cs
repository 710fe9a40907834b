using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Some inputs, one after the other, in a process that may end by any of them.</summary>
internal static class FuzzChild
{
    public const string Command = "fuzz-inputs";

    /// <summary>The input that is being read lies here, so that it is there when the process is not any more.</summary>
    public const string CurrentName = "current";

    private const long Spare = 256L << 20;
    private const long MaxUnpacked = 1L << 30;

    /// <param name="arguments">Kind, seed, first, count, folder of the whole files, folder for what is written.</param>
    public static int Run(string[] arguments)
    {
        (string kind, int seed, int first, int count) =
            (arguments[0], Number(arguments[1]), Number(arguments[2]), Number(arguments[3]));
        (string whole, string work) = (arguments[4], arguments[5]);
        IFuzzTarget target = kind switch
        {
            FuzzOptions.Archives => new ArchiveTarget(whole),
            FuzzOptions.Weights => new WeightsTarget(whole),
            _ => new CheckpointTarget(Path.Combine(work, "checkpoint")),
        };
        string path = Path.Combine(work, CurrentName);
        for (int i = first; i < first + count; i++)
        {
            // A generator for each, so that any of them can be made alone.
            FuzzInput input = target.Make(new Random(unchecked(seed * 1_000_003 + i)));
            File.WriteAllBytes(path, input.Bytes);
            Console.WriteLine($"{i}\t{input.Mutation}");
            var memory = new PeakMemory();
            Verdict verdict = target.Judge(input, path);
            // What is read twice is an entry, an array and packed weights each time. What is refused for its size takes
            // nothing.
            long most = Spare + (input.Unpacked > MaxUnpacked ? 0 : 8 * input.Unpacked);
            if (memory.Growth() is var growth && growth > most && !verdict.IsViolation)
                verdict = Verdict.Violation($"takes {growth >> 20} MiB; at most {most >> 20} are allowed");
            // The next input takes its place before anybody can look.
            if (verdict.IsViolation)
                File.Copy(path, KeptPath(work, i), overwrite: true);
            string detail = verdict.IsViolation ? $"{input.Of}: {verdict.Detail}" : "";
            Console.WriteLine($"{i}\t{input.Mutation}\t{verdict.Outcome}\t{detail}");
        }
        return 0;
    }

    /// <summary>Where an input lies that broke a promise and did not end the process.</summary>
    public static string KeptPath(string work, int number) =>
        Path.Combine(work, string.Create(CultureInfo.InvariantCulture, $"{CurrentName}-{number}"));

    private static int Number(string argument) => int.Parse(argument, CultureInfo.InvariantCulture);
}
