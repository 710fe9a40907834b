namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>A type's room is the folder that it is declared in.</summary>
internal sealed class SourceFolderTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("internal sealed class Naming;")]
    [TestCase("internal sealed record Naming(int X);")]
    [TestCase("[Some]\npublic readonly record struct Naming<T>\n{\n}")]
    [TestCase("internal delegate void Naming(int x);")]
    public void It_is_the_first_folder(string declaration)
    {
        Write("Room/Deeper/File.cs", declaration);
        Assert.That(new SourceFolder(_folder.Path).RoomOf(typeof(Naming)), Is.EqualTo("Room"));
    }

    [Test]
    public void A_type_in_two_rooms_is_refused()
    {
        Write("Upper/Naming.cs", "internal sealed partial class Naming;");
        Write("Lower/Naming.cs", "internal sealed partial class Naming;");
        Assert.That(() => new SourceFolder(_folder.Path).RoomOf(typeof(Naming)),
            Throws.InvalidOperationException.With.Message.Contains("Upper").And.Message.Contains("Lower"));
    }

    [Test]
    public void A_type_that_no_source_declares_is_refused() => Assert.That(
        () => new SourceFolder(_folder.Path).RoomOf(typeof(Naming)),
        Throws.InvalidOperationException.With.Message.Contains(nameof(Naming)));

    [Test]
    public void A_file_in_no_folder_is_in_a_room_without_a_name()
    {
        Write("Naming.cs", "internal sealed class Naming;");
        Assert.That(new SourceFolder(_folder.Path).Rooms, Is.EqualTo(new[] { "" }));
    }

    private void Write(string file, string declaration)
    {
        string path = Path.Combine(_folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"namespace {typeof(Naming).Namespace};\n\n{declaration}\n");
    }
}
