using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Tensors;

/// <summary>Loads the native torch library, and reports what is wrong where it does not load.</summary>
internal static class TorchLibrary
{
    /// <summary>
    /// The name of the switch by which the console is left alone while torch is loaded, of <c>runtimeconfig.json</c> or
    /// <see cref="AppContext"/>.
    /// </summary>
    public const string ConsoleSwitch = "Ml.Autoencoders.KeepConsole";

    private static readonly Lock Loading = new();
    private static volatile bool _isLoaded;

    /// <param name="use">What needs it, where the caller does not know.</param>
    /// <exception cref="TorchLoadException">The library does not load; the message names the likely cause.</exception>
    public static void Load(Func<string?>? use = null)
    {
        if (_isLoaded)
            return;
        lock (Loading)
        {
            try
            {
                // When TorchSharp cannot load it, it prints some forty lines, and throws the same.
                // The exception is enough.
                using ConsoleSilence? silence = Silence();
                NativeHeap.KeepTemporaries();
                _isLoaded = true;
            }
            catch (Exception error) when (error is TypeInitializationException or DllNotFoundException
                or NotSupportedException or EntryPointNotFoundException or BadImageFormatException)
            {
                throw new TorchLoadException(Explain(FindLibrary(AppContext.BaseDirectory), error.ToString(),
                    use?.Invoke()), error);
            }
        }
    }

    /// <summary>Null where the application wants the console left alone.</summary>
    public static ConsoleSilence? Silence() =>
        AppContext.TryGetSwitch(ConsoleSwitch, out bool isKept) && isKept ? null : new ConsoleSilence();

    /// <summary>The likely cause.</summary>
    /// <param name="library">The native library next to the application; null where there is none.</param>
    /// <param name="failure">Everything that the failed load reported.</param>
    /// <param name="use">What needs it; null where the caller knows.</param>
    public static string Explain(string? library, string failure, string? use = null)
    {
        // TorchSharp does not pass on what the system's loader said, so it is asked again.
        failure += library is null ? "" : LoaderError(library);
        string cause = failure switch
        {
            _ when failure.Contains("GLIBCXX", StringComparison.Ordinal) =>
                "The C++ runtime of this Linux is older than the one that TorchSharp was built with. Import " +
                "NativeCompatibility.targets into the application's project (docs/gpu-and-platforms.md), or use a " +
                "distribution with GCC 13 or newer.",
            _ when RuntimeInformation.ProcessArchitecture is Architecture.X86 or Architecture.Arm =>
                $"Torch has no build for {RuntimeInformation.ProcessArchitecture} processes: run as 64-bit.",
            _ when library is not null && OperatingSystem.IsWindows() =>
                $"'{library}' is there, but not what it needs. Install the Visual C++ Redistributable 2015-2022, and " +
                    "check that the application references exactly one native torch package, in the version that " +
                    "TorchSharp asks for.",
            _ when library is not null =>
                $"'{library}' is there, but does not load. Check that the application references exactly one native " +
                    "torch package, in the version that TorchSharp asks for.",
            _ =>
                "The application references no native torch package for this platform. Add one of " +
                    "libtorch-cpu-linux-x64, libtorch-cpu-win-x64, libtorch-cpu-win-arm64, libtorch-cpu-osx-arm64 " +
                    "(2.10.0 for TorchSharp 0.107.0), or " +
                "TorchSharp-cpu, TorchSharp-cuda-windows, TorchSharp-cuda-linux (0.107.0).",
        };
        return $"The native torch library could not be loaded{(use is null ? "" : $", which {use} needs")}. {cause}";
    }

    /// <summary>
    /// TorchSharp's own native library with torch's core beside it. TorchSharp brings the first by itself; only a
    /// native torch package brings the other.
    /// </summary>
    public static string? FindLibrary(string folder)
    {
        (string own, string core) = OperatingSystem.IsWindows() ? ("LibTorchSharp.dll", "torch_cpu.dll")
            : OperatingSystem.IsMacOS() ? ("libLibTorchSharp.dylib", "libtorch_cpu.dylib")
            : ("libLibTorchSharp.so", "libtorch_cpu.so");
        string[] folders = [folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
            Path.Combine(folder, "runtimes", PortableIdentifier, "native")];
        return folders.Any(path => File.Exists(Path.Combine(path, core)))
            ? folders.Select(path => Path.Combine(path, own)).FirstOrDefault(File.Exists)
            : null;
    }

    private static string PortableIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static string LoaderError(string library)
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load(library));
            return "";
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return error.Message;
        }
    }
}
