using System.Text;

namespace Ml.Autoencoders.Tests;

/// <summary>Names in the metadata of an assembly, changed in place.</summary>
internal static class Renamed
{
    /// <summary>Gives a type or member another last letter, <c>x</c>, wherever the assembly names it.</summary>
    /// <returns>In how many places.</returns>
    public static int In(byte[] image, string name)
    {
        byte[] bytes = [0, .. Encoding.UTF8.GetBytes(name), 0];
        int found = 0;
        for (int at = image.AsSpan().IndexOf(bytes); at >= 0; at = image.AsSpan().IndexOf(bytes), found++)
            image[at + name.Length] = (byte)'x';
        return found;
    }
}
