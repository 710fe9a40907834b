namespace Ml.Autoencoders.Plots;

/// <summary>The background of a picture, and with it all of its colors except those of images.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white, for print and for pages that are light.</summary>
    Light,

    /// <summary>Light on almost black, for pages that are dark.</summary>
    Dark,
}
