namespace Ml.Autoencoders.Codes;

/// <summary>Where codes lie.</summary>
internal enum CodeSpace
{
    /// <summary>Anywhere: each number can be any.</summary>
    Flat,

    /// <summary>On the unit sphere: the squares of a code's numbers add up to 1.</summary>
    Sphere,
}
