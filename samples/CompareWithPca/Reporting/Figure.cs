using System.Buffers.Binary;
using System.Xml.Linq;
using Ml.Autoencoders.Plots;

namespace CompareWithPca.Reporting;

/// <summary>Pictures that follow the reader's choice of light or dark.</summary>
internal static class Figure
{
    // Where the header of a PNG has the width; the height follows.
    private const int WidthOffset = 16;

    /// <summary>A picture with what it shows, in words, below.</summary>
    /// <param name="caption">For everybody.</param>
    /// <param name="alt">For those who do not see it.</param>
    /// <param name="draw">Gives the PNG of a theme.</param>
    /// <param name="density">How many pixels of the PNG, across and down, a pixel of the page has.</param>
    public static XElement Of(string caption, string alt, Func<PlotTheme, byte[]> draw, int density = 1) =>
        new("figure", Picture(alt, draw, density), new XElement("figcaption", caption));

    /// <summary>As <see cref="Of"/>, for a picture that is too wide for a phone: there it can be moved.</summary>
    public static XElement Scrolling(string caption, string alt, Func<PlotTheme, byte[]> draw) =>
        new("figure", Scroll(caption, Picture(alt, draw, 1)), new XElement("figcaption", caption));

    /// <summary>Room that content can be moved in, with a finger or with arrow keys.</summary>
    public static XElement Scroll(string label, XElement content) => new("div",
        new XAttribute("class", "scroll"), new XAttribute("role", "region"), new XAttribute("aria-label", label),
        new XAttribute("tabindex", 0), content);

    private static XElement Picture(string alt, Func<PlotTheme, byte[]> draw, int density)
    {
        byte[] light = draw(PlotTheme.Light);
        return new XElement("picture",
            new XElement("source", new XAttribute("media", "(prefers-color-scheme: dark)"),
                new XAttribute("srcset", Data(draw(PlotTheme.Dark)))),
            new XElement("img",
                new XAttribute("src", Data(light)),
                new XAttribute("width", Side(light, WidthOffset) / density),
                new XAttribute("height", Side(light, WidthOffset + sizeof(int)) / density),
                new XAttribute("alt", alt)));
    }

    private static string Data(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";

    private static int Side(byte[] png, int offset) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(offset));
}
