using System.Collections;
using System.Reflection;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// Counts what TorchSharp keeps for the way back through functions in managed code: a node for each
/// call, until torch frees it.
/// </summary>
internal static class LiveNodes
{
    private static readonly ICollection Nodes = (ICollection)typeof(autograd)
        .GetNestedType("Node", BindingFlags.NonPublic)!
        .GetField("AliveNodes", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(null)!;

    public static int Now => Nodes.Count;

    /// <summary>The number once nothing is left to die that tests before this one let go of.</summary>
    public static int Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Now;
    }
}
