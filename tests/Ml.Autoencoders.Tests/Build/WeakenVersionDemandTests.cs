using System.Text;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>The build task behind NativeCompatibility.targets, run by MSBuild as in a build.</summary>
internal sealed class WeakenVersionDemandTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Files_without_the_demand_are_copied_as_they_are()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Not a library, whatever its name says. ", 10)));
        byte[] library = Packages.ReadOriginal("TorchSharp", "runtimes/linux-x64/native/libLibTorchSharp.so");
        byte[] of32Bits = [.. library];
        of32Bits[4] = 1;
        byte[] bigEndian = [.. library];
        bigEndian[5] = 2;
        byte[][] files = [text, [], [0x7f, (byte)'E', (byte)'L', (byte)'F'], of32Bits, bigEndian];
        byte[][] copies = Run([.. files.Select(file => (file, "GLIBCXX_3.4.32")), (library, "GLIBCXX_99")]);
        Assert.That(copies, Is.EqualTo(files.Append(library)));
    }

    [Test]
    public void Each_demand_of_a_library_can_be_weakened_alone()
    {
        byte[] library = Packages.ReadOriginal("TorchSharp", "runtimes/linux-x64/native/libLibTorchSharp.so");
        (string Version, ushort Flags)[] demands = [.. ElfVersionDemands.Of(library).DistinctBy(demand => demand.Version, StringComparer.Ordinal)];
        byte[][] copies = Run([.. demands.Select(demand => (library, demand.Version))]);
        Assert.That(demands, Has.Length.GreaterThan(3).And.All.Matches<(string Version, ushort Flags)>(demand => demand.Flags == 0));
        for (int i = 0; i < demands.Length; i++)
        {
            Assert.That(ElfVersionDemands.Of(copies[i]).Where(demand => demand.Flags != 0),
                Is.EqualTo(new[] { (demands[i].Version, ElfVersionDemands.Weak) }));
            Assert.That(copies[i].Zip(library).Count(bytes => bytes.First != bytes.Second), Is.EqualTo(1));
        }
    }

    private byte[][] Run((byte[] File, string Version)[] cases)
    {
        var calls = new StringBuilder();
        for (int i = 0; i < cases.Length; i++)
        {
            File.WriteAllBytes(_folder.File($"source{i}"), cases[i].File);
            calls.Append(null, $"<WeakenVersionDemand Source='{_folder.File($"source{i}")}' Destination='{_folder.File($"copies/{i}")}' Version='{cases[i].Version}' />");
        }
        string project = _folder.File("run.proj");
        File.WriteAllText(project,
            $"<Project><Import Project='{Repository.Root}/eng/NativeCompatibility.targets' /><Target Name='Run'>{calls}</Target></Project>");
        DotNet.Run("msbuild", project, "-target:Run", "-nologo", "-verbosity:quiet");
        return [.. Enumerable.Range(0, cases.Length).Select(i => File.ReadAllBytes(_folder.File($"copies/{i}")))];
    }
}
