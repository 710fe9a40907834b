using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Tensors;

/// <summary>Functions of Linux's C library, glibc, which is the one that torch needs there.</summary>
internal static class LinuxFunction
{
    /// <summary>Null on other systems, and where the library does not have it.</summary>
    /// <typeparam name="T">A delegate of its signature.</typeparam>
    public static T? Find<T>(string name) where T : Delegate =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint library)
            && NativeLibrary.TryGetExport(library, name, out nint function)
            ? Marshal.GetDelegateForFunctionPointer<T>(function)
            : null;
}
