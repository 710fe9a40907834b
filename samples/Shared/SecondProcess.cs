using System.Diagnostics;

namespace Samples;

/// <summary>This program again, as a process that shares nothing with this one but files.</summary>
internal static class SecondProcess
{
    /// <summary>Runs it to its end, and gives back what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(params string[] arguments)
    {
        string self = Environment.ProcessPath
            ?? throw new InvalidOperationException("The program does not know its own path.");
        bool isHost = Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] program = isHost ? [typeof(SecondProcess).Assembly.Location] : [];
        using Process process = Process.Start(new ProcessStartInfo(self, [.. program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"The second process failed with exit code {process.ExitCode}.");
    }
}
