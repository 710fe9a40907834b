using System.Globalization;

namespace Ml.Autoencoders.Kernels;

/// <summary>What a convolution or a transposed one brings together. Along one axis only, the first is
/// <see cref="ConvolutionAxis.None"/>.</summary>
internal sealed class ConvolutionGeometry
{
    /// <param name="rows">The outer axis.</param>
    /// <param name="columns">The inner axis.</param>
    /// <param name="manyChannels">Channels on the side of the many.</param>
    /// <param name="fewChannels">Channels on the side of the few.</param>
    /// <exception cref="ArgumentException">Sides do not belong together, or are beyond what an integer counts. The
    /// kernels read and write by these numbers alone.</exception>
    public ConvolutionGeometry(ConvolutionAxis rows, ConvolutionAxis columns, int manyChannels, int fewChannels)
    {
        if (!rows.Fits || !columns.Fits || manyChannels < 1 || fewChannels < 1
            || (Int128)rows.Padded * columns.Padded * manyChannels > int.MaxValue
            || (Int128)rows.Few * columns.Few * fewChannels > int.MaxValue
            || (Int128)rows.Kernel * columns.Kernel * manyChannels * fewChannels > int.MaxValue)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{rows}, and {columns}, with {manyChannels} and {fewChannels} channels, are not a convolution."));
        }
        (Rows, Columns, ManyChannels, FewChannels) = (rows, columns, manyChannels, fewChannels);
    }

    public ConvolutionAxis Rows { get; }

    public ConvolutionAxis Columns { get; }

    public int ManyChannels { get; }

    public int FewChannels { get; }

    /// <summary>Pixels of a picture on the side of the many.</summary>
    public int ManyPixels => Rows.Many * Columns.Many;

    /// <summary>Pixels of a picture on the side of the few.</summary>
    public int FewPixels => Rows.Few * Columns.Few;

    /// <summary>Pixels under the kernel.</summary>
    public int Taps => Rows.Kernel * Columns.Kernel;

    /// <summary>Pixels of a picture with its padding, on the side of the many.</summary>
    public int PaddedPixels => (int)(Rows.Padded * Columns.Padded);

    /// <summary>Whether pictures lie so that the kernels can read them, and weights are as many as they read.</summary>
    /// <exception cref="ArgumentException">They do not, or are not.</exception>
    public void Require(PictureLayout layout, (int Channels, int Pixels) read, int weights, (int Given, int Used) bias)
    {
        if ((layout.Channels, layout.Pixels) != read || layout.ChannelStride < 0 || layout.PixelStride < 0
            || layout.Reach > int.MaxValue || weights != (long)Taps * ManyChannels * FewChannels
            || bias.Given != bias.Used)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Pictures of {layout.Channels} x {layout.Pixels}, {weights} weights and a bias of {bias.Given} are " +
                $"not of {Rows}, and {Columns}, with {ManyChannels} and {FewChannels} channels."));
        }
    }
}
