using System.Globalization;

namespace Ml.Autoencoders.Networks;

/// <summary>The requirements of both kinds of convolutions on their numbers. The kernels read memory by
/// these.</summary>
internal static class ConvolutionNumbers
{
    /// <summary>Axes that a convolution runs along: those of an image.</summary>
    private const int MaxAxes = 2;

    /// <summary>A padding beyond the kernel would only add what no picture has a part in.</summary>
    public static void Check(Place place, int filters, PerAxis kernel, PerAxis stride, PerAxis padding)
    {
        Require.Within(filters, 1, Limits.Numbers, place, "Filters");
        Check(kernel, place, "Kernel", (side, name) => Require.Within(side, 1, Limits.Convolution, place, name));
        Check(stride, place, "Stride", (step, name) => Require.Within(step, 1, Limits.Convolution, place, name));
        Check(padding, place, "Padding", (zeros, name) => Require.AtLeast(zeros, 0, place, name));
        for (int axis = 0; axis < Math.Max(kernel.Count, padding.Count); axis++)
        {
            if (padding[axis] > kernel[axis])
                throw place.Error("Padding", $"is {padding[axis]}; it must be at most {kernel[axis]}, as the kernel.");
        }
    }

    /// <summary>A number for each axis, or one for all.</summary>
    public static void Check(PerAxis numbers, Place place, string name, Action<int, string>? check = null)
    {
        if (numbers.Count is 0 or > MaxAxes)
            throw place.Error(name, (numbers.Count == 0 ? "is empty" : $"is [{numbers}]") +
                "; it must be one number, or one for height and one for width.");
        foreach (int number in numbers)
            check?.Invoke(number, name);
    }

    /// <summary>The row after a layer that changes its axes one by one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The row before it.</param>
    /// <param name="channels">Channels after it.</param>
    /// <param name="size">An axis and its size to that after the layer.</param>
    /// <param name="numbers">The layer's numbers by axis.</param>
    /// <exception cref="NetworkException">The row has no axes or others, or nothing of it is left.</exception>
    public static Shape Map(Layer layer, Shape input, int channels, Func<int, long, long> size,
        params ReadOnlySpan<PerAxis> numbers)
    {
        if (!input.IsImage && !input.IsSequence)
            throw new NetworkException(
                $"{layer} takes an image (channels x height x width) or a sequence (channels x steps), and gets " +
                $"{input}: put Reshape(...) or Sequence(...) before it.");
        var sizes = new long[input.Axes.Length];
        foreach (PerAxis each in numbers)
        {
            if (!each.Suits(sizes.Length))
                throw new NetworkException(
                    $"{layer} has numbers for {each.Count} axes, and gets {input.Kind} of {input}.");
        }
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = size(axis, input.Axes[axis]);
        if (sizes.Any(left => left <= 0))
            throw new NetworkException($"{layer} leaves nothing of {input.Kind} of {input}.");
        if (sizes.Max() > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{layer} turns {input.Kind} of {input} into one of ") + Shown.List(sizes, " x ",
                left => left.ToString("N0", CultureInfo.InvariantCulture)) + string.Create(CultureInfo.InvariantCulture,
                $" {(input.IsImage ? "pixels" : "steps")}; at most {Limits.Numbers:N0} numbers are possible."));
        return new Shape([channels, .. sizes.Select(left => (int)left)]);
    }

    /// <summary>Checks that the larger of the two rows can be held with its padding.</summary>
    /// <exception cref="NetworkException">It cannot.</exception>
    public static void RequireRoom(Layer layer, Shape larger, PerAxis padding)
    {
        // In floating point, because the product may overflow any integer.
        double count = larger.Dimensions[0];
        for (int axis = 0; axis < larger.Axes.Length; axis++)
            count *= larger.Axes[axis] + 2.0 * padding[axis];
        if (count > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{layer} needs {count:N0} numbers for {larger.Kind} of {larger} with its padding; " +
                $"at most {Limits.Numbers:N0} are possible."));
    }

    /// <summary>The sides of a kernel, as PyTorch has them after its filters and channels.</summary>
    public static long[] Weight(long first, long second, PerAxis kernel, Shape input) =>
        [first, second, .. kernel.For(input.Axes.Length)];

    /// <summary>Numbers of a channel that a place of the kernel meets.</summary>
    public static long Area(PerAxis kernel, Shape input) =>
        kernel.For(input.Axes.Length).Aggregate(1L, (product, side) => product * side);
}
