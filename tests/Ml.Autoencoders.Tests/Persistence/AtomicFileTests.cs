using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>What stands at a path that is written to: links are followed, modes are kept, and what is not a file stays
/// what it is.</summary>
[Platform("Unix,Linux,MacOsX")]
[UnsupportedOSPlatform("windows")]
internal sealed class AtomicFileTests
{
    private TemporaryFolder _folder = null!;

    private string File => _folder.File("a.bin");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("600")]
    [TestCase("640")]
    [TestCase("666")]
    [TestCase("444")]
    [TestCase("755")]
    public void A_file_that_is_replaced_keeps_its_mode(string octal)
    {
        var mode = (UnixFileMode)Convert.ToInt32(octal, 8);
        System.IO.File.WriteAllText(File, "old");
        System.IO.File.SetUnixFileMode(File, mode);
        Write("new");
        Assert.That(System.IO.File.GetUnixFileMode(File), Is.EqualTo(mode));
        RequireContent(File, "new");
    }

    [Test]
    public void What_others_may_not_read_they_may_not_read_while_it_is_written()
    {
        System.IO.File.WriteAllText(File, "old");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead);
        AtomicFile.Write(File, stream => Assert.That(System.IO.File.GetUnixFileMode(((FileStream)stream).Name),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    [Test]
    public void A_new_file_has_the_mode_of_new_files()
    {
        System.IO.File.WriteAllText(_folder.File("other"), "");
        Write("new");
        Assert.That(System.IO.File.GetUnixFileMode(File),
            Is.EqualTo(System.IO.File.GetUnixFileMode(_folder.File("other"))));
    }

    [Test]
    public void A_link_stays_and_what_it_leads_to_is_written()
    {
        string target = Path.Combine(Directory.CreateDirectory(_folder.File("elsewhere")).FullName, "b.bin");
        System.IO.File.WriteAllText(target, "old");
        System.IO.File.CreateSymbolicLink(_folder.File("middle"), Path.Combine("elsewhere", "b.bin"));
        System.IO.File.CreateSymbolicLink(File, _folder.File("middle"));
        AtomicFile.Try(File);
        Write("new");
        Assert.That(new FileInfo(File).LinkTarget, Is.EqualTo(_folder.File("middle")));
        RequireContent(target, "new");
        Assert.That(Directory.EnumerateFiles(_folder.File("elsewhere")), Is.EqualTo(new[] { target }));
    }

    [Test]
    public void A_link_to_nothing_leads_to_a_new_file()
    {
        System.IO.File.CreateSymbolicLink(File, "b.bin");
        Write("new");
        Assert.That(new FileInfo(File).LinkTarget, Is.EqualTo("b.bin"));
        RequireContent(_folder.File("b.bin"), "new");
    }

    [Test]
    public void Links_in_a_circle_are_an_error()
    {
        System.IO.File.CreateSymbolicLink(File, "b.bin");
        System.IO.File.CreateSymbolicLink(_folder.File("b.bin"), "a.bin");
        Assert.That(() => Write("new"), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void What_a_killed_process_left_is_deleted_where_the_link_leads_to()
    {
        string elsewhere = Directory.CreateDirectory(_folder.File("elsewhere")).FullName;
        string left = Path.Combine(elsewhere, $"b.bin.{Guid.NewGuid():N}.partial");
        System.IO.File.WriteAllText(left, "half");
        System.IO.File.CreateSymbolicLink(File, Path.Combine("elsewhere", "b.bin"));
        AtomicFile.DeleteLeftovers(File);
        Assert.That(System.IO.File.Exists(left), Is.False);
    }

    [Test]
    public void A_named_pipe_is_neither_replaced_nor_waited_for()
    {
        MakePipe(File);
        RequireRefusal("a named pipe");
    }

    [Test]
    public void A_link_to_a_named_pipe_is_not_followed_to_replace_it()
    {
        MakePipe(_folder.File("pipe"));
        System.IO.File.CreateSymbolicLink(File, "pipe");
        RequireRefusal("a named pipe");
        Assert.That(RegularFile.OtherKind(_folder.File("pipe")), Is.EqualTo("a named pipe"));
    }

    [Test]
    public void A_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(File));
        RequireRefusal("a socket");
    }

    [Test]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(File);
        Assert.That(() => Write("new"), Throws.TypeOf<UnauthorizedAccessException>()
            .With.Message.EqualTo($"'{File}' cannot be written: there is a folder of that name."));
        Assert.That(() => RegularFile.OpenRead(File), Throws.TypeOf<IOException>()
            .With.Message.EqualTo($"'{File}' cannot be read: it is a folder, not a regular file."));
    }

    /// <summary>Asked for its kind alone: should the answer be wrong, the machine's own must not be replaced.</summary>
    [Test]
    public void A_device_is_told_from_a_file() =>
        Assert.That(RegularFile.OtherKind("/dev/null"), Is.EqualTo("a device"));

    [Test]
    public void An_empty_file_is_a_file_whatever_its_mode()
    {
        System.IO.File.WriteAllText(File, "");
        Assert.That(RegularFile.OtherKind(File), Is.Null);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.None);
        Assert.That(RegularFile.OtherKind(File), Is.Null);
        Write("new");
        Assert.That(System.IO.File.GetUnixFileMode(File), Is.EqualTo(UnixFileMode.None));
        Assert.That(RegularFile.OtherKind(_folder.File("nothing")), Is.Null);
    }

    private static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }

    private void RequireRefusal(string kind)
    {
        Assert.That(() => Write("new"), Throws.TypeOf<IOException>()
            .With.Message.EqualTo($"'{File}' cannot be written: it is {kind}, not a regular file."));
        Assert.That(() => AtomicFile.Try(File), Throws.TypeOf<IOException>());
        Assert.That(() => RegularFile.OpenRead(File), Throws.TypeOf<IOException>()
            .With.Message.EqualTo($"'{File}' cannot be read: it is {kind}, not a regular file."));
        Assert.That(RegularFile.OtherKind(File), Is.EqualTo(kind));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path, "*.partial"), Is.Empty);
    }

    private void Write(string text) =>
        AtomicFile.Write(File, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void RequireContent(string file, string text)
    {
        // Whoever runs the test may have to be let in first.
        UnixFileMode mode = System.IO.File.GetUnixFileMode(file);
        System.IO.File.SetUnixFileMode(file, mode | UnixFileMode.UserRead);
        Assert.That(System.IO.File.ReadAllText(file), Is.EqualTo(text));
    }
}
