namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Damaged and hostile files, in processes of their own, so that one that ends its process is a failure and
/// not the end of the tests.</summary>
internal sealed class FuzzTests
{
    private static readonly string Program = Path.Combine(Repository.BenchmarksOutput,
        "Ml.Autoencoders.Benchmarks.dll");

    [Test]
    public void Every_file_gives_an_error_or_well_defined_numbers()
    {
        using var folder = new TemporaryFolder();
        string[] lines = DotNet.Run(Program, "fuzz", "archives", "200", "checkpoints", "60", "weights",
            "60", "seed", "1",
            "out", folder.Path);
        Assert.That(lines[^1], Does.Match(@"^320 inputs in \d+ s, 0 violations$"));
    }
}
