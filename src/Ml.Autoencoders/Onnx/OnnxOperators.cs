namespace Ml.Autoencoders.Onnx;

/// <summary>The versions of ONNX's operators that graphs are written in.</summary>
internal static class OnnxOperators
{
    /// <summary>
    /// That of files: the first with layer normalization, read by ONNX Runtime 1.12 and newer.
    /// </summary>
    public const int OfFiles = 17;

    /// <summary>
    /// That of graphs which become part of another: the oldest that ML.NET's own export takes. What is written for it
    /// means the same in every version up to the newest that it takes, 12, so that nobody has to know which it is.
    /// </summary>
    public const int Oldest = 9;

    /// <summary>The first version in which <c>Slice</c> takes its bounds as inputs.</summary>
    public const int Slice = 10;

    /// <summary>The first version with <c>IsInf</c>.</summary>
    public const int IsInf = 10;

    /// <summary>The first version in which <c>Clip</c> takes its bounds as inputs.</summary>
    public const int Clip = 11;

    /// <summary>The first version in which <c>ReduceSum</c> takes its axes as an input.</summary>
    public const int ReduceSum = 13;

    /// <summary>The first version with <c>LayerNormalization</c>.</summary>
    public const int LayerNormalization = 17;
}
