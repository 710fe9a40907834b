using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>
/// What Adam remembers about the gradients of a group of weights: running means of them and of their squares.
/// </summary>
internal sealed class AdamState : IDisposable
{
    public AdamState(IReadOnlyList<Parameter> weights)
    {
        Means = [.. weights.Select(Zeros)];
        Squares = [.. weights.Select(Zeros)];
    }

    /// <summary>The number of updates.</summary>
    public int Steps { get; set; }

    /// <summary>For each weight a tensor of its shape, on its device.</summary>
    public IReadOnlyList<Tensor> Means { get; }

    /// <inheritdoc cref="Means"/>
    public IReadOnlyList<Tensor> Squares { get; }

    public void Dispose()
    {
        foreach (Tensor tensor in Means.Concat(Squares))
            tensor.Dispose();
    }

    private static Tensor Zeros(Parameter weight) =>
        zeros(weight.shape, dtype: weight.dtype, device: weight.device).DetachFromDisposeScope();
}
