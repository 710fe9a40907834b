using System.Diagnostics;
using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Hostile and damaged files, read in processes of their own: an error or the same numbers, never a crash, a
/// hang or more memory than may be.</summary>
internal static class FuzzRun
{
    private const int BatchSize = 250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>0 where every promise was kept.</summary>
    public static int Run(string[] arguments)
    {
        FuzzOptions options = FuzzOptions.Parse(arguments);
        DirectoryInfo work = Directory.CreateTempSubdirectory("fuzz-");
        try
        {
            long start = Stopwatch.GetTimestamp();
            string whole = work.CreateSubdirectory("whole").FullName;
            FuzzModels.Save(whole);
            var report = new FuzzReport();
            foreach ((string kind, int count) in options.Counts)
            {
                for (int next = 0; next < count;)
                    next =
                        RunSome(options, kind, next, Math.Min(BatchSize, count - next), whole, work.FullName, report);
            }
            report.Print(Stopwatch.GetElapsedTime(start));
            return report.Violations == 0 ? 0 : 1;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>The number of the first input that was not read.</summary>
    private static int RunSome(FuzzOptions options, string kind, int first, int count, string whole, string work,
        FuzzReport report)
    {
        using Process child =
            ChildProcess.Start(FuzzChild.Command, kind, Text(options.Seed), Text(first), Text(count), whole, work);
        int number = first;
        string? mutation = null;
        string? last = null;
        while (ReadLine(child) is { } line)
        {
            // Other lines are torch's.
            if (line.Split('\t') is not [var digits, var name, .. var rest]
                || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int found))
                continue;
            (number, mutation, last) = (found, name, name);
            if (rest is not [var outcome, var detail])
                continue;
            if (outcome != Verdict.Violated)
                report.Add(kind, name, outcome);
            else
                report.AddViolation(
                    kind, found, name, detail, Keep(options, kind, found, FuzzChild.KeptPath(work, found)));
            (number, mutation) = (found + 1, null);
        }
        bool hangs = !child.WaitForExit(TimeSpan.Zero) && !child.WaitForExit(TimeSpan.FromSeconds(5));
        if (hangs)
        {
            child.Kill(entireProcessTree: true);
            child.WaitForExit();
        }
        if (!hangs && child.ExitCode == 0)
            return first + count;
        if (last is null)
            throw new InvalidOperationException(
                $"The process that reads {kind} from {number} on ended with {child.ExitCode} before its first input.");
        string ending = hangs ? "hangs" : $"ends the process with {child.ExitCode}";
        // What an input leaves behind may end the process after it was judged.
        if (mutation is null)
            (number, ending) = (number - 1, $"{ending} after it was read");
        report.AddViolation(kind, number, last, ending,
            Keep(options, kind, number, Path.Combine(work, FuzzChild.CurrentName)));
        return number + 1;
    }

    /// <summary>Null at the end, and where nothing comes for too long.</summary>
    private static string? ReadLine(Process child)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return child.StandardOutput.ReadLineAsync(patience.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static string Keep(FuzzOptions options, string kind, int number, string input)
    {
        string folder = Directory.CreateDirectory(options.Folder).FullName;
        string file = Path.Combine(folder, $"{kind}-{Text(options.Seed)}-{Text(number)}");
        File.Copy(input, file, overwrite: true);
        return file;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
