using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Where values of rows in managed memory are missing: where they can be, each row has as many numbers after
/// its own, 1 in gaps and 0 elsewhere. The encoder takes these, too, unless the rows are keys.</summary>
internal static class ManagedGaps
{
    /// <summary>Those numbers of a row, <c>[D]</c>; empty where none can be missing.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="rows">The rows, in the network's units.</param>
    /// <param name="row">Which.</param>
    /// <param name="size">Numbers of a row, D.</param>
    public static ReadOnlySpan<float> Of(ModelDefinition definition, BlockRows rows, int row, int size) =>
        definition.Network.TakesGaps ? rows.Row(row, 2 * size)[size..] : [];
}
