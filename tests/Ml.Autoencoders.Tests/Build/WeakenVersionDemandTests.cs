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
        byte[] text =
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Not a library, whatever its name says. ", 10)));
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
        (string Version, ushort Flags)[] demands =
            [.. ElfVersionDemands.Of(library).DistinctBy(demand => demand.Version, StringComparer.Ordinal)];
        byte[][] copies = Run([.. demands.Select(demand => (library, demand.Version))]);
        Assert.That(demands, Has.Length.GreaterThan(3)
            .And.All.Matches<(string Version, ushort Flags)>(demand => demand.Flags == 0));
        for (int i = 0; i < demands.Length; i++)
        {
            Assert.That(ElfVersionDemands.Of(copies[i]).Where(demand => demand.Flags != 0),
                Is.EqualTo(new[] { (demands[i].Version, ElfVersionDemands.Weak) }));
            Assert.That(copies[i].Zip(library).Count(bytes => bytes.First != bytes.Second), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_copy_is_made_again_when_its_source_is_another()
    {
        DateTime now = new(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc);
        byte[] old = Encoding.UTF8.GetBytes("the copy of before");
        byte[] changed = Encoding.UTF8.GetBytes("one as long, newer");
        byte[] longer = Encoding.UTF8.GetBytes("one that is longer than before");
        // Packages keep the times of their making, so that another version may be the older.
        (byte[] Source, DateTime Time)[] sources = [(changed, now.AddYears(-1)), (changed, now.AddDays(1)),
            (longer, now), (changed, now)];
        Directory.CreateDirectory(_folder.File("copies"));
        for (int i = 0; i < sources.Length; i++)
        {
            File.WriteAllBytes(_folder.File($"copies/{i}"), old);
            File.SetLastWriteTimeUtc(_folder.File($"copies/{i}"), now);
            File.WriteAllBytes(_folder.File($"source{i}"), sources[i].Source);
            File.SetLastWriteTimeUtc(_folder.File($"source{i}"), sources[i].Time);
        }
        // Time and length of the last are those of its copy, which is therefore left as it is.
        Assert.That(Copy([.. sources.Select(_ => "GLIBCXX_3.4.32")]),
            Is.EqualTo(new[] { changed, changed, longer, old }));
        Assert.That(Enumerable.Range(0, sources.Length)
            .Select(i => File.GetLastWriteTimeUtc(_folder.File($"copies/{i}"))),
            Is.EqualTo(sources.Select(source => source.Time)));
    }

    private byte[][] Run((byte[] File, string Version)[] cases)
    {
        for (int i = 0; i < cases.Length; i++)
            File.WriteAllBytes(_folder.File($"source{i}"), cases[i].File);
        return Copy([.. cases.Select(one => one.Version)]);
    }

    /// <summary>The copies of the files named source0, source1, ..., each with one version's demand weakened.</summary>
    private byte[][] Copy(string[] versions)
    {
        var calls = new StringBuilder();
        for (int i = 0; i < versions.Length; i++)
            calls.Append(null,
                $"<WeakenVersionDemand Source='{_folder.File($"source{i}")}' " +
                $"Destination='{_folder.File($"copies/{i}")}' Version='{versions[i]}' />");
        string project = _folder.File("run.proj");
        File.WriteAllText(project,
            $"<Project><Import Project='{Repository.Root}/eng/NativeCompatibility.targets' /><Target " +
            $"Name='Run'>{calls}</Target></Project>");
        DotNet.Run("msbuild", project, "-target:Run", "-nologo", "-verbosity:quiet");
        return [.. Enumerable.Range(0, versions.Length).Select(i => File.ReadAllBytes(_folder.File($"copies/{i}")))];
    }
}
