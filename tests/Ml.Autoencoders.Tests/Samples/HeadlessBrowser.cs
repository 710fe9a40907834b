using System.Diagnostics;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>A browser of the Chromium family, where the machine has one on its PATH.</summary>
internal sealed class HeadlessBrowser
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    private readonly string _path;

    private HeadlessBrowser(string path) => _path = path;

    public static HeadlessBrowser? Find()
    {
        string extension = OperatingSystem.IsWindows() ? ".exe" : "";
        IEnumerable<string> candidates =
            from name in Names
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            select Path.Combine(folder, name + extension);
        return candidates.FirstOrDefault(File.Exists) is { } path ? new HeadlessBrowser(path) : null;
    }

    /// <summary>Opens a page, and gives what was written to the standard output.</summary>
    public string Open(string page, int width, string profile, params string[] arguments)
    {
        // Without a sandbox, which needs rights that containers do not have; the page is our own.
        var start = new ProcessStartInfo(_path,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                $"--user-data-dir={profile}",
            $"--window-size={width},1200", .. arguments, new Uri(page).AbsoluteUri,
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{_path}' did not come to an end.");
        }
        Assert.That(process.ExitCode, Is.Zero, () => errors.Result);
        return output.Result;
    }
}
