using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The sums of <see cref="OneChannelKernels"/> over the pictures of a batch, split among torch's
/// threads. Tensors are contiguous.
/// </summary>
internal static class OneChannelBatch
{
    /// <summary>
    /// Pictures that a thread takes at once, where this makes no more parts than <see cref="MaxParts"/>.
    /// </summary>
    private const int MinPictures = 8;

    /// <summary>Each part has its own sums, which take memory.</summary>
    private const int MaxParts = 64;

    private delegate void PictureWork(int part, Span<float> picture, Span<float> features);

    /// <summary>
    /// Whether a batch of pictures, that of their features, a picture with its padding and the sums of all parts are
    /// each no more numbers than <see cref="TensorMemory.Most"/>.
    /// </summary>
    public static bool HasRoomFor(OneChannelGeometry geometry, long count, long filters) => new[]
    {
        count * geometry.Height * geometry.Width,
        count * geometry.Rows * geometry.Columns * filters,
        geometry.PaddedSize,
        Parts(count) * geometry.Taps.Length * filters,
    }.Max() <= TensorMemory.Most;

    /// <summary>
    /// Pictures <c>[B, H, W]</c>, kernel <c>[F, 1, k, k]</c>, bias <c>[F]</c>, or null for none, to
    /// <c>[B, rows, columns, F]</c>.
    /// </summary>
    public static Tensor Correlate(OneChannelGeometry geometry, Tensor pictures, Tensor kernel, Tensor? bias)
    {
        int filters = (int)kernel.shape[0];
        Tensor features = empty([pictures.shape[0], geometry.Rows, geometry.Columns, filters],
            dtype: ScalarType.Float32, device: CPU);
        float[] weights = FiltersInnermost(kernel.Numbers, filters);
        float[] start = bias is null ? new float[filters] : bias.Numbers.ToArray();
        Share(geometry, filters, pictures, features, (_, picture, feature) =>
            OneChannelKernels.Correlate(geometry, geometry.Padded(picture), weights, start, feature));
        return features;
    }

    /// <summary>Pictures <c>[B, H, W]</c>, features <c>[B, rows, columns, F]</c> to <c>[F, 1, k, k]</c>.</summary>
    public static Tensor Products(OneChannelGeometry geometry, Tensor pictures, Tensor features)
    {
        int filters = (int)features.shape[3];
        int size = geometry.Taps.Length * filters;
        // Separate sums for each part, added up in order: which thread took which must not show in the bits.
        float[] sums = new float[Parts(pictures.shape[0]) * size];
        Share(geometry, filters, pictures, features, (part, picture, feature) =>
            OneChannelKernels.AddProducts(geometry, geometry.Padded(picture), feature, sums.AsSpan(part * size, size)));
        Tensor kernel = zeros([filters, 1, geometry.Kernel, geometry.Kernel], dtype: ScalarType.Float32, device: CPU);
        Span<float> total = kernel.Numbers;
        for (int part = 0; part < sums.Length; part += size)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                for (int tap = 0; tap < geometry.Taps.Length; tap++)
                    total[filter * geometry.Taps.Length + tap] += sums[part + tap * filters + filter];
            }
        }
        return kernel;
    }

    /// <summary>
    /// Features <c>[B, rows, columns, F]</c>, kernel <c>[F, 1, k, k]</c>, bias <c>[1]</c>, or null for
    /// none, to <c>[B, H, W]</c>.
    /// </summary>
    public static Tensor Spread(OneChannelGeometry geometry, Tensor features, Tensor kernel, Tensor? bias)
    {
        int filters = (int)kernel.shape[0];
        Tensor pictures = empty([features.shape[0], geometry.Height, geometry.Width],
            dtype: ScalarType.Float32, device: CPU);
        float[] weights = FiltersInnermost(kernel.Numbers, filters);
        float start = bias is null ? 0 : bias.Numbers[0];
        Share(geometry, filters, pictures, features, (_, picture, feature) =>
            OneChannelKernels.Spread(geometry, feature, weights, start, picture));
        return pictures;
    }

    private static void Share(OneChannelGeometry geometry, int filters, Tensor pictures, Tensor features,
        PictureWork work)
    {
        int count = (int)pictures.shape[0];
        int pixels = geometry.Height * geometry.Width;
        int size = geometry.Rows * geometry.Columns * filters;
        int each = PartPictures(count);
        TorchThreads.Share((int)Parts(count), part =>
        {
            Span<float> picture = pictures.Numbers, feature = features.Numbers;
            for (int i = part * each; i < Math.Min(count, (part + 1) * each); i++)
                work(part, picture.Slice(i * pixels, pixels), feature.Slice(i * size, size));
        });
    }

    private static long Parts(long count) => Quotient(count, PartPictures(count));

    /// <summary>It depends on the number of pictures alone, so that the bits do.</summary>
    private static int PartPictures(long count) => (int)Math.Max(MinPictures, Quotient(count, MaxParts));

    private static long Quotient(long count, long size) => (count + size - 1) / size;

    /// <summary><c>[F, k k]</c> to <c>[k k, F]</c>.</summary>
    private static float[] FiltersInnermost(ReadOnlySpan<float> kernel, int filters)
    {
        int taps = kernel.Length / filters;
        float[] ordered = new float[kernel.Length];
        for (int i = 0; i < ordered.Length; i++)
            ordered[i] = kernel[i % filters * taps + i / filters];
        return ordered;
    }
}
