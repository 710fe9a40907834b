using System.Diagnostics;

namespace Ml.Autoencoders.Tests;

/// <summary>Runs the dotnet command in a process of its own.</summary>
internal static class DotNet
{
    /// <summary>What it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string[] Run(params string[] arguments) => RunIn(Environment.CurrentDirectory, arguments);

    /// <inheritdoc cref="Run(string[])"/>
    public static string[] RunIn(string folder, params string[] arguments) => Run(folder, [], arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static string[] RunWith(Dictionary<string, string> environment, params string[] arguments) =>
        Run(Environment.CurrentDirectory, environment, arguments);

    private static string[] Run(string folder, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Build servers that outlive the command would keep its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException(
                $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{errors.Result}");
    }
}
