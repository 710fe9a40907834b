using System.Globalization;

namespace Ml.Autoencoders.Networks;

/// <summary>The requirements of both kinds of convolutions on their numbers. The kernels read memory by
/// these.</summary>
internal static class ConvolutionNumbers
{
    /// <summary>A padding beyond the kernel would only add what no picture has a part in.</summary>
    public static void Check(Place place, int filters, int kernel, int stride, int padding)
    {
        Require.Within(filters, 1, Limits.Numbers, place, "Filters");
        Require.Within(kernel, 1, Limits.Convolution, place, "Kernel");
        Require.Within(stride, 1, Limits.Convolution, place, "Stride");
        Require.AtLeast(padding, 0, place, "Padding");
        if (padding > kernel)
            throw place.Error("Padding", $"is {padding}; it must be at most {kernel}, as the kernel.");
    }

    /// <summary>Checks that the larger of the two pictures can be held with its padding.</summary>
    /// <exception cref="NetworkException">It cannot.</exception>
    public static void RequireRoom(Layer layer, Shape larger, int padding)
    {
        // In floating point, because the product may overflow any integer.
        double count = (double)larger.Dimensions[0] * (larger.Dimensions[1] + 2.0 * padding)
            * (larger.Dimensions[2] + 2.0 * padding);
        if (count > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{layer} needs {count:N0} numbers for an image of {larger} with its padding; at most " +
                $"{Limits.Numbers:N0} are possible."));
    }
}
