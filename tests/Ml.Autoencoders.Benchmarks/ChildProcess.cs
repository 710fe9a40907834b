using System.Diagnostics;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>This program once more, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>What it wrote, line by line.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string[] Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException(
                $"{string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }

    public static Process Start(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        string[] all = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments;
        return Process.Start(new ProcessStartInfo(program, all)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
    }
}
