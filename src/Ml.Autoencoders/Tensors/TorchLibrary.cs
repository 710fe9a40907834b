using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Loads the native torch library, and says what is wrong where it does not load.</summary>
internal static class TorchLibrary
{
    /// <exception cref="InvalidOperationException">The library does not load; the message names the likely cause.</exception>
    public static void Load()
    {
        try
        {
            empty(0, device: CPU).Dispose();
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException
            or NotSupportedException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new InvalidOperationException(Explain(error.ToString()), error);
        }
    }

    /// <summary>The likely cause, from everything that the failed load said.</summary>
    public static string Explain(string failure)
    {
        string cause = failure switch
        {
            _ when failure.Contains("GLIBCXX", StringComparison.Ordinal) =>
                "The C++ runtime of this Linux is older than the one that TorchSharp was built with. Import " +
                "NativeCompatibility.targets into the application's project, or use a distribution with GCC 13 or newer.",
            _ when OperatingSystem.IsWindows() && failure.Contains("0x8007007E", StringComparison.OrdinalIgnoreCase) =>
                "A library that torch needs is missing. Install the Visual C++ Redistributable 2015-2022, and check that " +
                "the application references one native torch package.",
            _ when RuntimeInformation.ProcessArchitecture is Architecture.X86 or Architecture.Arm =>
                $"Torch has no build for {RuntimeInformation.ProcessArchitecture} processes: run as 64-bit.",
            _ =>
                "The application references no native torch package for this platform. Add one of libtorch-cpu-linux-x64, " +
                "libtorch-cpu-win-x64, libtorch-cpu-osx-arm64 (or TorchSharp-cpu, TorchSharp-cuda-windows, TorchSharp-cuda-linux), " +
                "in the version that TorchSharp asks for.",
        };
        return $"The native torch library could not be loaded. {cause}";
    }
}
