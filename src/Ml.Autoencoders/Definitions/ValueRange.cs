using System.Text.Json.Serialization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Definitions;

/// <summary>The least and the greatest number of the pictures that were trained on. A reconstruction beyond them is not
/// a picture, and ML.NET's <c>ConvertToImage</c> would wrap it around: 1.02 of white becomes nearly black.</summary>
internal sealed record ValueRange(float Least, float Greatest)
{
    /// <summary>Checks that numbers can be held within.</summary>
    /// <exception cref="FormatException">They cannot.</exception>
    public void Check(Place place)
    {
        Require.Finite(Least, place, nameof(Least));
        Require.AtLeast(Greatest, Least, place, nameof(Greatest));
    }

    /// <summary>The greatest distance from 0.</summary>
    [JsonIgnore]
    public float Largest => Math.Max(Math.Abs(Least), Math.Abs(Greatest));

    /// <summary>Numbers, held within.</summary>
    public T Hold<T>(T rows) where T : IArithmetic<T> => rows.Clamped(Least, Greatest);
}
