using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Windows whose series are kept.</summary>
internal sealed class KeptSeries(SeriesTable table, IReadOnlyList<int> groups) : KeptRows(groups)
{
    public override long Count => table.Count;

    public override RowSource All() => new SeriesSource(table);

    public override (RowSource Training, RowSource Held) Split(Tensor order, long held)
    {
        using Tensor first = order.narrow(0, 0, held);
        using Tensor others = order.narrow(0, held, order.shape[0] - held);
        return (new SeriesSource(table.Only(others)), new SeriesSource(table.Only(first)));
    }
}
