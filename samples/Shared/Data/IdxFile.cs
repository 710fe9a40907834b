using System.Buffers.Binary;
using System.IO.Compression;

namespace Samples.Data;

/// <summary>Reads files in the IDX format of the MNIST data set, gzipped or not.</summary>
internal static class IdxFile
{
    private const int ImageMagic = 0x803;
    private const int LabelMagic = 0x801;
    private const int LongestSide = 1024;
    private const int MaxItems = 10_000_000;

    /// <summary>The images of a file, each its gray values from 0 to 1, row by row.</summary>
    public static (float[][] Images, int Height, int Width) ReadImages(string path, int? most = null)
    {
        using Stream stream = Open(path);
        RequireMagic(stream, path, ImageMagic);
        int count = Math.Min(ReadCount(stream, path), most ?? int.MaxValue);
        int height = ReadInt(stream, path);
        int width = ReadInt(stream, path);
        if (height is < 1 or > LongestSide || width is < 1 or > LongestSide)
            throw new InvalidDataException(
                $"'{path}' says that its images are {height} x {width}; 1 x 1 to {LongestSide} x {LongestSide} can " +
                "be read.");
        var images = new float[count][];
        var pixels = new byte[height * width];
        for (int i = 0; i < count; i++)
        {
            ReadFully(stream, pixels, path);
            images[i] = Array.ConvertAll(pixels, pixel => pixel / 255f);
        }
        return (images, height, width);
    }

    /// <summary>The labels of a file.</summary>
    public static byte[] ReadLabels(string path, int? most = null)
    {
        using Stream stream = Open(path);
        RequireMagic(stream, path, LabelMagic);
        var labels = new byte[Math.Min(ReadCount(stream, path), most ?? int.MaxValue)];
        ReadFully(stream, labels, path);
        return labels;
    }

    private static Stream Open(string path)
    {
        FileStream file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : new BufferedStream(file);
    }

    private static void RequireMagic(Stream stream, string path, int expected)
    {
        int magic = ReadInt(stream, path);
        if (magic != expected)
            throw new InvalidDataException(
                $"'{path}' begins with 0x{magic:X8}; an IDX file of this kind begins with 0x{expected:X8}.");
    }

    private static int ReadCount(Stream stream, string path)
    {
        int count = ReadInt(stream, path);
        return count is >= 0 and <= MaxItems
            ? count
            : throw new InvalidDataException(
                $"'{path}' says that it holds {count:N0} items; up to {MaxItems:N0} can be read.");
    }

    private static int ReadInt(Stream stream, string path)
    {
        var bytes = new byte[sizeof(int)];
        ReadFully(stream, bytes, path);
        return BinaryPrimitives.ReadInt32BigEndian(bytes);
    }

    private static void ReadFully(Stream stream, Span<byte> bytes, string path)
    {
        int read;
        try
        {
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' is not a gzip file, or is damaged.", error);
        }
        if (read < bytes.Length)
            throw new InvalidDataException($"'{path}' ends too early.");
    }
}
