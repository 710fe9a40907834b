using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>A column that a kind of code has besides the code itself, declared here and nowhere else.</summary>
/// <param name="Name">Its name in a model file; the option that names it is this and
/// <c>ColumnName</c>.</param>
/// <param name="Size">Numbers per row.</param>
/// <param name="Read">Its values, of the encoder's output as it was read: <c>[B, encoder outputs]</c> to
/// <c>[B, size]</c>.</param>
internal sealed record CodeColumn(string Name, int Size, Func<Tensor, BoundNetwork, Tensor> Read)
{
    /// <summary>Whether it is a number and not a vector.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Of a vector of keys, how many keys there are; 0 where it holds numbers.</summary>
    public int KeyCount { get; init; }

    /// <summary>
    /// Where the values are in what the bottleneck reads in managed memory; null where they are not.
    /// </summary>
    public int? ManagedStart { get; init; }

    /// <summary>The same values as nodes of an ONNX graph, of what the encoder gave.</summary>
    public required Func<OnnxValue, OnnxValue> Export { get; init; }

    /// <summary>The option that names it.</summary>
    public string Option => OptionOf(Name);

    /// <summary>The option that names a column of a kind of code.</summary>
    public static string OptionOf(string name) => $"{name}ColumnName";
}
