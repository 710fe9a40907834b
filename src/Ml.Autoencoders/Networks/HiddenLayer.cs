namespace Ml.Autoencoders.Networks;

/// <summary>A layer whose output is hidden between what enters a stack and what leaves it.</summary>
/// <param name="Index">Its number in the stack, from 0 on.</param>
/// <param name="Shape">The shape of a row after it.</param>
internal sealed record HiddenLayer(int Index, Shape Shape)
{
    /// <summary>Why a network has none, to go with a phrase about what asks for one.</summary>
    public const string Missing = "the encoder has no hidden layer: no activation comes before the code. " +
        "Choose a network with one, for example Network.Dense(512, 256).";

    /// <summary>Numbers of a row that it gives as a vector: all, or the means of feature maps.</summary>
    public long Size => AdaptiveMeans.Of(Shape).Count;

    /// <summary>
    /// Those of a stack: each nonlinear layer, as long as a layer that joins numbers follows. Where none does, the
    /// output is what the stack gives, in another shape or scale perhaps.
    /// </summary>
    public static IReadOnlyList<HiddenLayer> In(LayerStack stack)
    {
        int last = stack.Layers.Count - 1;
        while (last >= 0 && !stack.Layers[last].JoinsNumbers)
            last--;
        return [.. Enumerable.Range(0, Math.Max(last, 0)).Where(i => stack.Layers[i].IsNonlinear)
            .Select(i => new HiddenLayer(i, stack.LayerInputs[i + 1]))];
    }
}
