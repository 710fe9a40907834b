using System.Runtime.InteropServices;
using System.Text;

namespace Ml.Autoencoders.Tests;

/// <summary>The C++ runtime of this Linux.</summary>
internal static class SystemLibstdcxx
{
    /// <summary>Whether it has a symbol version, which then stands in its table of names.</summary>
    public static bool Offers(string version)
    {
        NativeLibrary.Load("libstdc++.so.6");
        string path = File.ReadLines("/proc/self/maps")
            .First(line => line.Contains("/libstdc++.so", StringComparison.Ordinal)).Split(' ')[^1];
        return File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{version}\0")) >= 0;
    }
}
