namespace Ml.Autoencoders;

/// <summary>The path from one code a to another b, as t goes from 0 to 1.</summary>
public enum Interpolation
{
    /// <summary>The straight line: (1 - t) a + t b.</summary>
    Linear,

    /// <summary>
    /// Along the arc: the direction turns evenly, and the length goes evenly from |a| to |b|. With the angle θ between
    /// the codes, ((1 - t) |a| + t |b|) (sin((1 - t) θ) / sin θ · a / |a| + sin(t θ) / sin θ · b / |b|) (Shoemake 1985,
    /// "Animating Rotation with Quaternion Curves"; White 2016, "Sampling Generative Networks", for latent spaces).
    /// </summary>
    /// <remarks>
    /// Codes of many dimensions drawn from a normal distribution have nearly the same length; the straight line between
    /// two is shorter in its middle than any of them, the arc is not. It is the straight line where no arc is given:
    /// between codes of one direction, of opposite directions (through 0), and where one is 0.
    /// </remarks>
    Spherical,
}
