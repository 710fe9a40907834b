using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class TorchLibraryTests
{
    private const string Start = "The native torch library could not be loaded. ";
    private const string NoPackage = Start +
        "The application references no native torch package for this platform. Add one of libtorch-cpu-linux-x64, " +
        "libtorch-cpu-win-x64, libtorch-cpu-osx-arm64 (or TorchSharp-cpu, TorchSharp-cuda-windows, TorchSharp-cuda-linux), " +
        "in the version that TorchSharp asks for.";

    [Test]
    public void The_library_loads_here() => Assert.That(TorchLibrary.Load, Throws.Nothing);

    [Test]
    public void An_old_runtime_of_cpp_is_named() =>
        Assert.That(TorchLibrary.Explain("libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)"), Is.EqualTo(Start +
            "The C++ runtime of this Linux is older than the one that TorchSharp was built with. Import " +
            "NativeCompatibility.targets into the application's project, or use a distribution with GCC 13 or newer."));

    [Test]
    public void A_library_missing_on_Windows_is_named_there() =>
        Assert.That(TorchLibrary.Explain("Unable to load DLL 'LibTorchSharp': The specified module could not be found. (0x8007007E)"), Is.EqualTo(
            OperatingSystem.IsWindows()
                ? Start + "A library that torch needs is missing. Install the Visual C++ Redistributable 2015-2022, and check that " +
                    "the application references one native torch package."
                : NoPackage));

    [Test]
    public void Anything_else_is_most_likely_a_missing_package() =>
        Assert.That(TorchLibrary.Explain("Unable to load shared library 'LibTorchSharp'"), Is.EqualTo(NoPackage));
}
