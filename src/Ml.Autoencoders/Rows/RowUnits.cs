using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>From rows as their columns have them to rows as the network takes them.</summary>
/// <param name="Image">The picture format of a row, if it is a picture.</param>
/// <param name="TargetImage">The format of the picture that is reconstructed, where that is another column.</param>
/// <param name="Scaler">What the input scaling learned, where there is one.</param>
/// <param name="TargetScaler">What it learned of another column that is reconstructed.</param>
internal sealed record RowUnits(ImageFormat? Image, ImageFormat? TargetImage, InputScaler? Scaler = null,
    InputScaler? TargetScaler = null)
{
    /// <summary>The scaling of what is reconstructed.</summary>
    public InputScaler? ReconstructionScaler => TargetScaler ?? Scaler;

    /// <summary>Pictures are planar after this; rows that are so already are not copied.</summary>
    public RowBatch Planar(RowBatch rows) => rows with
    {
        Values = Planar(rows.Values, Image),
        Targets = rows.Targets is { } targets ? Planar(targets, TargetImage) : null,
    };

    private static Tensor Planar(Tensor rows, ImageFormat? image) => image?.ToPlanar<TorchArray>(rows) ?? rows;

    /// <summary>Scales rows that nobody else reads, in their place.</summary>
    public void Scale(RowBatch rows)
    {
        Scaler?.ApplyInPlace(rows.Values);
        if (rows.Targets is { } targets)
            TargetScaler?.ApplyInPlace(targets);
    }
}
