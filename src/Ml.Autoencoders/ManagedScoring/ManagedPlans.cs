using System.Globalization;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>How a model computes in managed memory, as far as it is known before its numbers are.</summary>
/// <param name="Encoder">Of rows.</param>
/// <param name="Decoder">Of codes, up to where the likelihood begins.</param>
internal sealed record ManagedPlans(ManagedPlan Encoder, ManagedPlan Decoder)
{
    /// <summary>Rows that go through all layers together at most: few enough to stay in the cache, and whole
    /// tiles.</summary>
    public const int MaxBlockRows = 8 * LinearKernel.TileRows;

    /// <summary>At most this many numbers between two layers, 64 MiB, as far as fewer rows allow it.</summary>
    private const int MaxBlockNumbers = 1 << 24;

    /// <summary>The same where a row by itself keeps whole tiles busy, as the pixels of a picture do: what stays in the
    /// cache, as far as one tile of rows allows it.</summary>
    private const int MaxPictureNumbers = 1 << 17;

    /// <summary>Numbers that the layout of the weights may add to as many again as there are, 64 MiB of them: a narrow
    /// layer is filled up to a panel.</summary>
    private const long MaxPadding = 1 << 24;

    public static ManagedPlans Of(ModelDefinition definition)
    {
        NetworkPlan network = definition.Network;
        (LayerStack encoder, LayerStack decoder) = (network.Encoder, network.Decoder);
        // The likelihood itself turns log-odds into rows.
        int last = definition.Objective.Likelihood.TakesLogits ? 1 : 0;
        return new ManagedPlans(
            ManagedCompiler.Plan(encoder, network.ConditionSize, encoder.Layers.Count,
                encoder.HiddenFault is null ? encoder.Hidden : []),
            ManagedCompiler.Plan(decoder, network.ConditionSize, decoder.Layers.Count - last, hidden: []));
    }

    /// <summary>Whether rows are pictures on their way.</summary>
    public bool HavePictures => Encoder.HasPictures || Decoder.HasPictures;

    /// <summary>What of a model cannot be computed here; null where all can.</summary>
    public static string? Obstacle(ModelDefinition definition)
    {
        (ManagedPlan encoder, ManagedPlan decoder) = Of(definition);
        if ((encoder.Obstacle ?? decoder.Obstacle) is { } layer)
            return $"the layer {layer}";
        long packed = encoder.Weights + decoder.Weights;
        long parameters = definition.Network.Parameters().Sum(parameter => parameter.Count);
        if (packed > 2 * parameters + MaxPadding)
            return string.Create(CultureInfo.InvariantCulture,
                $"a network whose {parameters:N0} weights would take {packed:N0} numbers in layers as narrow as its");
        int read = definition.Bottleneck.ReadSize(definition.Network.CodeSize);
        long row = 2 * Math.Max(encoder.Widest, decoder.Widest) + encoder.Inputs + read;
        return row > Array.MaxLength
            ? string.Create(CultureInfo.InvariantCulture, $"a network whose rows take {row:N0} numbers on their way")
            : null;
    }

    /// <summary>Rows that go through all layers together: whole tiles where there is more than one.</summary>
    public int BlockRows(int maxStride)
    {
        int rows = Math.Clamp(MaxBlockNumbers / maxStride, 1, MaxBlockRows);
        if (HavePictures)
            rows = Math.Min(rows, Math.Max(MaxPictureNumbers / maxStride, LinearKernel.TileRows));
        return rows < LinearKernel.TileRows ? rows : rows - rows % LinearKernel.TileRows;
    }
}
