using System.Runtime.InteropServices;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Persistence;

/// <summary>Tells files from pipes, devices and what else can stand at a path: who opens a pipe waits until somebody opens its other end.</summary>
internal static class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint TypeAlone = 1;
    private const int StatusBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;

    private static readonly Status? Look = LinuxFunction.Find<Status>("statx");

    private delegate int Status(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);

    /// <summary>Whether something else stands there, or the link that stands there leads to it. Linux alone is asked.</summary>
    public static bool IsSomethingElse(string path)
    {
        var status = new byte[StatusBytes];
        return Look is not null && Look(CurrentFolder, path, 0, TypeAlone, status) == 0
            && (BitConverter.ToUInt16(status, ModeOffset) & TypeBits) != Regular;
    }
}
