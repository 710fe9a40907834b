using System.Globalization;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// Which numbers a convolution between one channel and many brings together: pictures <c>[H, W]</c> on one side,
/// features <c>[rows, columns, F]</c> on the other.
/// </summary>
internal sealed class OneChannelGeometry
{
    [ThreadStatic]
    private static float[]? _room;

    private readonly int[] _taps;

    /// <exception cref="ArgumentException">A kernel at some feature would reach beyond the picture with its padding, or
    /// that beyond what an integer counts. The kernels read and write by these numbers alone.</exception>
    public OneChannelGeometry((long Height, long Width) picture, (long Rows, long Columns) features, long kernel,
        int stride, int padding)
    {
        if (!Fits(picture.Height, features.Rows, kernel, stride, padding)
            || !Fits(picture.Width, features.Columns, kernel, stride, padding)
            || (Int128)(picture.Height + 2L * padding) * (picture.Width + 2L * padding) > int.MaxValue)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Pictures of {picture.Height} x {picture.Width} and features of {features.Rows} x " +
                $"{features.Columns} do not belong together by a kernel of {kernel}, stride {stride} and padding " +
                $"{padding}."));
        }
        (Height, Width) = ((int)picture.Height, (int)picture.Width);
        (Rows, Columns) = ((int)features.Rows, (int)features.Columns);
        (Kernel, Stride, Padding) = ((int)kernel, stride, padding);
        _taps = [.. Enumerable.Range(0, Kernel * Kernel).Select(tap => tap / Kernel * PaddedWidth + tap % Kernel)];
    }

    public int Height { get; }

    public int Width { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Kernel { get; }

    public int Stride { get; }

    public int Padding { get; }

    /// <summary>
    /// How far after the first of them the numbers under a kernel lie, in a picture with its padding: <c>[k k]</c>.
    /// </summary>
    public ReadOnlySpan<int> Taps => _taps;

    /// <summary>Numbers of a picture with its padding.</summary>
    public long PaddedSize => (Height + 2L * Padding) * (Width + 2L * Padding);

    private int PaddedWidth => Width + 2 * Padding;

    /// <summary>The first of the numbers that belong to a feature, in a picture with its padding.</summary>
    public int Corner(int row, int column) => (row * PaddedWidth + column) * Stride;

    /// <summary>Whether memory is what the kernels take it for. They do not check.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public void Require(int picture, long pictureSize, int kernel, int features, int filters)
    {
        if (picture != pictureSize || filters < 1 || filters % OneChannelKernels.Lanes != 0
            || kernel != (long)Kernel * Kernel * filters || features != (long)Rows * Columns * filters)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A picture of {picture} numbers, a kernel of {kernel} and features of {features} for {filters} " +
                $"filters are not of this geometry."));
        }
    }

    /// <summary>
    /// A picture with zeros around it, valid until the thread asks for the next: <c>[H, W]</c> to <c>[H + 2
    /// padding, W + 2 padding]</c>.
    /// </summary>
    public ReadOnlySpan<float> Padded(ReadOnlySpan<float> picture)
    {
        if (Padding == 0)
            return picture;
        int size = (int)PaddedSize;
        if (_room is null || _room.Length < size)
            _room = new float[size];
        Span<float> padded = _room.AsSpan(0, size);
        padded.Clear();
        for (int row = 0; row < Height; row++)
            picture.Slice(row * Width, Width).CopyTo(padded[((row + Padding) * PaddedWidth + Padding)..]);
        return padded;
    }

    /// <summary>Of one side, in long integers: nothing may wrap around.</summary>
    private static bool Fits(long side, long places, long kernel, long stride, long padding) =>
        side is >= 1 and <= int.MaxValue && places is >= 1 and <= int.MaxValue && kernel is >= 1 and <= int.MaxValue
            && stride >= 1 && padding >= 0
        && (places - 1) * stride + kernel <= side + 2 * padding;
}
