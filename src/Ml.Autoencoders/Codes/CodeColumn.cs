using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Codes;

/// <summary>A column that a kind of code has besides the code itself, declared here and nowhere else.</summary>
/// <param name="Name">Its name in a model file; the option that names it is this and
/// <c>ColumnName</c>.</param>
/// <param name="Size">Numbers per row.</param>
/// <param name="Start">The first of them in what the bottleneck reads in managed memory.</param>
internal abstract record CodeColumn(string Name, int Size, int Start)
{
    /// <summary>Whether it is a number and not a vector.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Of a vector of keys, how many keys there are; 0 where it holds numbers.</summary>
    public int KeyCount { get; init; }

    /// <summary>The option that names it.</summary>
    public string Option => OptionOf(Name);

    /// <summary>The option that names a column of a kind of code.</summary>
    public static string OptionOf(string name) => $"{name}ColumnName";

    /// <summary>Its values, of the encoder's output as it was read: <c>[B, encoder outputs]</c> to
    /// <c>[B, size]</c>.</summary>
    public abstract T Read<T>(T encoded, WeightFinder<T> find) where T : struct, IArray<T>;
}
