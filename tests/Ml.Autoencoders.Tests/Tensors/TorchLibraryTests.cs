using System.Runtime.InteropServices;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class TorchLibraryTests
{
    private const string Start = "The native torch library could not be loaded. ";
    private const string NoPackage = Start +
        "The application references no native torch package for this platform. Add one of libtorch-cpu-linux-x64, " +
        "libtorch-cpu-win-x64, libtorch-cpu-win-arm64, libtorch-cpu-osx-arm64 (2.10.0 for TorchSharp 0.107.0), or " +
        "TorchSharp-cpu, TorchSharp-cuda-windows, TorchSharp-cuda-linux (0.107.0).";
    private const string OldRuntime = Start +
        "The C++ runtime of this Linux is older than the one that TorchSharp was built with. Import " +
        "NativeCompatibility.targets into the application's project (docs/gpu-and-platforms.md), or use a " +
        "distribution with GCC 13 or newer.";

    private static readonly string Own = OperatingSystem.IsWindows() ? "LibTorchSharp.dll"
        : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
    private static readonly string Core = OperatingSystem.IsWindows() ? "torch_cpu.dll"
        : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void The_library_loads_here() => Assert.That(() => TorchLibrary.Load(), Throws.Nothing);

    [Test]
    public void It_is_found_beside_this_application() =>
        Assert.That(TorchLibrary.FindLibrary(AppContext.BaseDirectory), Does.Exist.And.EndsWith(Own));

    [Test]
    public void An_empty_folder_has_none() => Assert.That(TorchLibrary.FindLibrary(_folder.Path), Is.Null);

    [Test]
    public void TorchSharps_own_part_alone_is_none()
    {
        Make(Own);
        Assert.That(TorchLibrary.FindLibrary(_folder.Path), Is.Null);
    }

    [Test]
    public void Torch_alone_is_none()
    {
        Make(Core);
        Assert.That(TorchLibrary.FindLibrary(_folder.Path), Is.Null);
    }

    [Test]
    public void Both_beside_the_application_are_found()
    {
        string own = Make(Own);
        Make(Core);
        Assert.That(TorchLibrary.FindLibrary(_folder.Path), Is.EqualTo(own));
    }

    [Test]
    public void Both_in_the_folder_of_the_platform_are_found()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string native = Path.Combine("runtimes",
            $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native");
        string own = Make(Path.Combine(native, Own));
        Make(Path.Combine(native, Core));
        Assert.That(TorchLibrary.FindLibrary(_folder.Path), Is.EqualTo(own));
    }

    [Test]
    public void An_old_runtime_of_cpp_is_named() =>
        Assert.That(TorchLibrary.Explain(null,
            "libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)"),
            Is.EqualTo(OldRuntime));

    [Test]
    public void An_old_runtime_of_cpp_is_named_where_the_library_is_there_too() =>
        Assert.That(TorchLibrary.Explain(Make(Own), "version `GLIBCXX_3.4.32' not found"), Is.EqualTo(OldRuntime));

    [Test]
    public void Without_a_library_a_package_is_missing() =>
        Assert.That(TorchLibrary.Explain(null, "Unable to load shared library 'LibTorchSharp'"), Is.EqualTo(NoPackage));

    [Test]
    public void What_needs_the_library_is_named() =>
        Assert.That(TorchLibrary.Explain(null, "Unable to load shared library 'LibTorchSharp'", "the layer Tanh"),
            Is.EqualTo(NoPackage.Replace("loaded.", "loaded, which the layer Tanh needs.", StringComparison.Ordinal)));

    /// <summary>An empty file is no library of any system.</summary>
    [Test]
    public void A_library_that_does_not_load_is_named()
    {
        string library = Make(Own);
        string cause = OperatingSystem.IsWindows()
            ? $"'{library}' is there, but not what it needs. Install the Visual C++ Redistributable 2015-2022, and " +
            "check that the application references exactly one native torch package, in the version that TorchSharp " +
            "asks for."
            : $"'{library}' is there, but does not load. Check that the application references exactly one native " +
            "torch package, in the version that TorchSharp asks for.";
        Assert.That(TorchLibrary.Explain(library, "Unable to load shared library 'LibTorchSharp'"),
            Is.EqualTo(Start + cause));
    }

    [Test]
    public void The_cause_is_printed_first_and_last_and_the_trace_between()
    {
        var error = new TorchLoadException("The cause.", new NotSupportedException("A trace."));
        string[] lines = error.ToString().Split(Environment.NewLine);
        Assert.That(lines[0], Does.EndWith(": The cause."));
        Assert.That(lines[1], Does.Contain("A trace."));
        Assert.That(lines[^1], Is.EqualTo("The cause."));
        Assert.That(error.Message, Is.EqualTo("The cause."));
    }

    /// <returns>The path of an empty file.</returns>
    private string Make(string name)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
        return path;
    }
}
