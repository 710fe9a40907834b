using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Benchmarks.Series.Speed;

/// <summary>An autoencoder of sequences as modules of TorchSharp: <c>[B, T, C]</c> to the same.</summary>
/// <param name="name">As modules have one.</param>
internal abstract class SequenceModule(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>The codes of rows.</summary>
    public abstract Tensor Encode(Tensor rows);

    protected abstract Tensor Decode(Tensor codes);

    /// <summary>Takes over the weights of this library's network.</summary>
    /// <returns>Whether they have as many numbers, each.</returns>
    public bool Take(IEnumerable<Tensor> weights)
    {
        Parameter[] own = [.. parameters()];
        Tensor[] given = [.. weights];
        if (!own.Select(tensor => tensor.numel()).SequenceEqual(given.Select(tensor => tensor.numel())))
            return false;
        using (no_grad())
        {
            foreach ((Parameter to, Tensor from) in own.Zip(given))
                to.copy_(Ordered(from));
        }
        return true;
    }

    /// <summary>A weight of this library in the order of the modules.</summary>
    protected virtual Tensor Ordered(Tensor weight) => weight;

    public sealed override Tensor forward(Tensor rows) => Decode(Encode(rows));
}
