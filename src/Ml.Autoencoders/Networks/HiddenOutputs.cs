using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>The outputs of hidden layers, collected on a pass through a stack.</summary>
/// <param name="stack">The stack.</param>
internal sealed class HiddenOutputs<T>(LayerStack stack) where T : struct, IArray<T>
{
    private readonly List<T> _outputs = [];

    /// <summary>To be called after each layer, or after the last of several that are computed together.</summary>
    /// <param name="layer">The number of the layer.</param>
    /// <param name="output">Its output, <c>[B, ...]</c>.</param>
    public void Pass(int layer, T output)
    {
        if (_outputs.Count < stack.Hidden.Count && stack.Hidden[_outputs.Count].Index == layer)
            _outputs.Add(output);
    }

    /// <summary>All of them as vectors, side by side: <c>[B, H]</c>. To be called after the pass.</summary>
    public T SideBySide() => _outputs.Select((output, i) => AdaptiveMeans.Of(output, stack.Hidden[i].Shape))
        .Aggregate((left, right) => left.Concat(right, 1));
}
