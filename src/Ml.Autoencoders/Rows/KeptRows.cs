using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>The rows of a data view in memory, before it is known which of them are held out.</summary>
/// <param name="groups">The number of each row's group; empty where groups are not read.</param>
internal abstract class KeptRows(IReadOnlyList<int> groups)
{
    public IReadOnlyList<int> Groups => groups;

    public abstract long Count { get; }

    /// <summary>All of them, which the source owns.</summary>
    public abstract RowSource All();

    /// <summary>Those that are held out and others, which the sources own.</summary>
    /// <param name="order">The indices of the rows that are held out, then of those to train on.</param>
    /// <param name="held">How many are held out.</param>
    public abstract (RowSource Training, RowSource Held) Split(Tensor order, long held);
}
