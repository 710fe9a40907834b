namespace Ml.Autoencoders.Tests;

/// <summary>The checkout and the build that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: <c>bin/CONFIGURATION/FRAMEWORK/</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string LoaderProject { get; } = PathOf("tests/Ml.Autoencoders.Loader");

    public static string LoaderOutput { get; } = OutputOf(LoaderProject);

    public static string BenchmarksOutput { get; } = OutputOf(PathOf("tests/Ml.Autoencoders.Benchmarks"));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>README and everything under docs.</summary>
    public static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories).Prepend(PathOf("README.md"));

    /// <summary>What nuget.org shows of each package.</summary>
    public static IEnumerable<string> PackageReadmes() =>
        Directory.EnumerateDirectories(PathOf("src")).Select(project => Path.Combine(project, "README.md"));

    private static string OutputOf(string project) =>
        Path.Combine(project, "bin", Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ml.Autoencoders.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
