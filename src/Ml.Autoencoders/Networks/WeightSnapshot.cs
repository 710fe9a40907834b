using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Networks;

/// <summary>The values that weights had at one moment, to return to.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private readonly Parameter[] _live;
    private readonly Tensor[] _kept;

    public WeightSnapshot(Parameter[] live)
    {
        _live = live;
        using IDisposable noGrad = no_grad();
        _kept = [.. live.Select(tensor => tensor.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>The kept values, in the order of the weights.</summary>
    public IReadOnlyList<Tensor> Kept => _kept;

    /// <summary>Takes the values that the weights have now.</summary>
    public void Update() => Copy(_live, _kept);

    /// <summary>Gives the weights the kept values back.</summary>
    public void Restore() => Copy(_kept, _live);

    public void Dispose()
    {
        foreach (Tensor tensor in _kept)
            tensor.Dispose();
    }

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        using IDisposable noGrad = no_grad();
        for (int i = 0; i < from.Length; i++)
            to[i].copy_(from[i]);
    }
}
