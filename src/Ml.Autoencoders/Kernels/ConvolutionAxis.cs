namespace Ml.Autoencoders.Kernels;

/// <summary>One spatial axis of a convolution from many places to few, or of a transposed one from few to many. Few
/// place s belongs to the many from <c>s Stride - Padding</c> on, as many as the kernel has.</summary>
/// <param name="Many">Places on one side: the input of a convolution, the output of a transposed one.</param>
/// <param name="Few">Places on the other.</param>
/// <param name="Kernel">Places under the kernel.</param>
/// <param name="Stride">From one kernel to the next.</param>
/// <param name="Padding">Places before the first and after the last of the many.</param>
internal readonly record struct ConvolutionAxis(int Many, int Few, int Kernel, int Stride, int Padding)
{
    /// <summary>An axis that is not there.</summary>
    public static ConvolutionAxis None { get; } = new(1, 1, 1, 1, 0);

    /// <summary>The many with their padding.</summary>
    public long Padded => Many + 2L * Padding;

    /// <summary>Whether no kernel reaches beyond the padding, in long integers: nothing may wrap around.</summary>
    public bool Fits => Many >= 1 && Few >= 1 && Kernel >= 1 && Stride >= 1 && Padding >= 0
        && (Few - 1L) * Stride + Kernel <= Padded;

    public override string ToString() => FormattableString.Invariant(
        $"{Many} places and {Few} by a kernel of {Kernel}, stride {Stride} and padding {Padding}");
}
