using Microsoft.ML.Data;

namespace CleanImages;

/// <summary>Folders of picture files.</summary>
internal static class PictureFiles
{
    private const int BytesPerPixel = 4;

    /// <summary>
    /// The files of a folder in the order of their names, every one a picture. Each is opened here, because ML.NET
    /// meets a bad one in the midst of a fit and calls it missing.
    /// </summary>
    public static string[] In(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        // These options leave out hidden files, in which systems keep notes about a folder.
        string[] paths = [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions())
            .Order(StringComparer.Ordinal)];
        if (paths.Length == 0)
            throw new InvalidDataException($"The folder '{folder}' is empty; it must hold pictures.");
        foreach (string path in paths)
            Open(path).Dispose();
        return paths;
    }

    public static MLImage Open(string path)
    {
        try
        {
            return MLImage.CreateFromFile(path);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}' is not a picture that can be read.", error);
        }
    }

    /// <summary>Gray values from 0 to 1 of a gray picture.</summary>
    public static float[] ReadGray(string path)
    {
        using MLImage image = Open(path);
        ReadOnlySpan<byte> bytes = image.Pixels;
        var pixels = new float[image.Width * image.Height];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = bytes[BytesPerPixel * i] / 255f;
        return pixels;
    }

    /// <summary>
    /// Writes gray pictures as <c>00000.png</c> and so on into a folder, instead of those of such a name.
    /// </summary>
    /// <returns>The paths.</returns>
    public static string[] WriteGray(string folder, IReadOnlyList<float[]> pictures, int height, int width)
    {
        Renew(folder);
        return [.. pictures.Select((pixels, i) =>
        {
            string path = Path.Combine(folder, $"{i:00000}.png");
            using MLImage image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, GrayBytes(pixels));
            image.Save(path);
            return path;
        })];
    }

    /// <summary>The folder, without the pictures that an earlier run wrote there; others stay.</summary>
    private static void Renew(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder, "?????.png")
            .Where(path => Path.GetFileNameWithoutExtension(path).All(char.IsAsciiDigit)))
            File.Delete(old);
    }

    private static byte[] GrayBytes(float[] pixels)
    {
        var bytes = new byte[BytesPerPixel * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            bytes.AsSpan(BytesPerPixel * i, BytesPerPixel - 1).Fill((byte)MathF.Round(255 * pixels[i]));
            bytes[BytesPerPixel * i + BytesPerPixel - 1] = byte.MaxValue;
        }
        return bytes;
    }
}
