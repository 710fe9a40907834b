namespace Ml.Autoencoders.Tests;

/// <summary>The checkout and the build that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Debug or Release: <c>bin/CONFIGURATION/FRAMEWORK/</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string LoaderProject { get; } = Path.Combine(Root, "tests", "Ml.Autoencoders.Loader");

    public static string LoaderOutput { get; } =
        Path.Combine(LoaderProject, "bin", Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Ml.Autoencoders.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
