using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>A linear layer or a convolution into which normalizations may still be folded.</summary>
/// <param name="Layer">Its index in the stack.</param>
/// <param name="Outputs">Outputs of a linear layer, filters of a convolution.</param>
/// <param name="Inner">Weights of an output that lie side by side.</param>
/// <param name="Stride">From one row of its result to the next.</param>
/// <param name="Weights">Numbers that its weights take as they are laid out.</param>
/// <param name="Make">Makes the operation from weights and bias.</param>
internal sealed record OpenProduct(int Layer, int Outputs, int Inner, long Stride, long Weights,
    Func<float[], float[], BlockOperation> Make)
{
    /// <summary>Whether its outputs may be written in any order.</summary>
    public bool IsLinear { get; init; }

    /// <summary>What comes before the names of its weight and bias.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The layers that normalize the result, and how many outputs in turn share a number of each.</summary>
    private readonly List<(int Layer, int Shared)> _norms = [];

    /// <summary>Folds the normalization of a layer into it, where the layer has a number for each output or for outputs
    /// that follow each other.</summary>
    public bool Fold(int layer, int features)
    {
        if (Outputs % features != 0)
            return false;
        _norms.Add((layer, Outputs / features));
        return true;
    }

    public PlannedOperation Close() => new(Stride, Weights, numbers =>
    {
        (float[] weight, float[] bias) = (numbers(Layer, Prefix + "weight"), numbers(Layer, Prefix + "bias"));
        foreach ((int norm, int shared) in _norms)
            (weight, bias) = BatchNormFold.Into(weight, bias, BatchNormFold.Of(name => numbers(norm, name)), Inner,
                shared);
        return Make(weight, bias);
    });
}
