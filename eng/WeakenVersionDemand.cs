using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF file, and marks its demand for one symbol version as weak, if it makes that
/// demand.
/// </summary>
/// <remarks>
/// Compiled by MSBuild when NativeCompatibility.targets needs it, for netstandard2.0. The section .gnu.version_r is a
/// list of Verneed entries (vn_cnt at 2, vn_aux at 8, vn_next at 12), each with a list of Vernaux entries
/// (vna_flags at 4, vna_name at 8, vna_next at 12); see the ELF gABI's Linux extensions, "Symbol Versioning".
/// </remarks>
public class WeakenVersionDemand : Task
{
    private const int SectionTypeVerneed = 0x6ffffffe;
    private const ushort FlagWeak = 2;

    [Required] public string Source { get; set; }

    [Required] public string Destination { get; set; }

    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        // The copy carries its source's time: packages keep the times of their making, so another version may be older.
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) == File.GetLastWriteTimeUtc(Source)
            && new FileInfo(Destination).Length == new FileInfo(Source).Length)
        {
            return true;
        }
        byte[] image = File.ReadAllBytes(Source);
        bool found = Weaken(image, Version);
        Log.LogMessage(MessageImportance.Low, "{0}: demand for {1} {2}", Source, Version,
            found ? "weakened" : "not found");
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        // Written aside and moved, so that an interrupted build leaves no half of a library that looks up to date.
        string partial = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(partial, image);
        File.SetLastWriteTimeUtc(partial, File.GetLastWriteTimeUtc(Source));
        File.Delete(Destination);
        File.Move(partial, Destination);
        return true;
    }

    private static bool Weaken(byte[] image, string version)
    {
        bool is64BitLittleEndianElf = image.Length > 64 && image[0] == 0x7f && image[1] == 'E' && image[2] == 'L'
            && image[3] == 'F' && image[4] == 2 && image[5] == 1;
        if (!is64BitLittleEndianElf)
            return false;

        long sections = BitConverter.ToInt64(image, 0x28);
        int sectionSize = BitConverter.ToUInt16(image, 0x3A);
        int sectionCount = BitConverter.ToUInt16(image, 0x3C);
        for (int i = 0; i < sectionCount; i++)
        {
            int header = (int)sections + i * sectionSize;
            if (BitConverter.ToInt32(image, header + 4) != SectionTypeVerneed)
                continue;
            int start = (int)BitConverter.ToInt64(image, header + 0x18);
            int needed = BitConverter.ToInt32(image, header + 0x2C);
            int linked = (int)sections + BitConverter.ToInt32(image, header + 0x28) * sectionSize;
            int names = (int)BitConverter.ToInt64(image, linked + 0x18);
            return WeakenIn(image, start, needed, names, version);
        }
        return false;
    }

    private static bool WeakenIn(byte[] image, int need, int needCount, int names, string version)
    {
        for (int n = 0; n < needCount; n++, need += BitConverter.ToInt32(image, need + 12))
        {
            int auxCount = BitConverter.ToUInt16(image, need + 2);
            int aux = need + BitConverter.ToInt32(image, need + 8);
            for (int a = 0; a < auxCount; a++, aux += BitConverter.ToInt32(image, aux + 12))
            {
                if (NameAt(image, names + BitConverter.ToInt32(image, aux + 8)) != version)
                    continue;
                image[aux + 4] |= (byte)FlagWeak;
                return true;
            }
        }
        return false;
    }

    private static string NameAt(byte[] image, int start)
    {
        int end = Array.IndexOf(image, (byte)0, start);
        return Encoding.ASCII.GetString(image, start, end - start);
    }
}
