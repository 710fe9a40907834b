using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Models;

/// <summary>Rows as columns have them to rows as the network takes them, and back.</summary>
internal static class ModelUnits
{
    /// <summary>Planar rows of the size that the encoder takes, scaled: <c>[B, D]</c>.</summary>
    public static T Scaled<T>(ModelDefinition definition, T rows, WeightFinder<T> find) where T : struct, IArray<T>
    {
        long size = definition.Network.InputSize;
        return definition.Scaling == InputScaling.None
            ? rows
            : rows.MinusOver(find(InputScaler.OffsetName(InputScaler.InputName), size),
                find(InputScaler.ScaleName(InputScaler.InputName), size));
    }

    /// <summary>What the decoder gives to rows as the column of reconstructions has them: <c>[B, D']</c>.</summary>
    public static T InColumn<T>(ModelDefinition definition, T rows, WeightFinder<T> find) where T : struct, IArray<T>
    {
        (string scaling, ImageFormat? image) = definition.Target is { } target
            ? (InputScaler.TargetName, target.Image)
            : (InputScaler.InputName, definition.Image);
        long size = definition.Network.OutputSize;
        if (definition.Scaling != InputScaling.None)
            rows = rows.TimesPlus(find(InputScaler.ScaleName(scaling), size),
                find(InputScaler.OffsetName(scaling), size));
        rows = definition.Range?.Hold(rows) ?? rows;
        return image?.FromPlanar(rows) ?? rows;
    }
}
