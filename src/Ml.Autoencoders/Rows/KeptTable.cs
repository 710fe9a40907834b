using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Rows of which each is kept whole.</summary>
internal sealed class KeptTable(RowBatch table, IReadOnlyList<int> groups) : KeptRows(groups)
{
    public override long Count => table.Count;

    public override RowSource All() => new RowTableSource(table);

    public override (RowSource Training, RowSource Held) Split(Tensor order, long held)
    {
        (RowBatch validation, RowBatch training) = RowSplit.TakeOut(table, order, held);
        // The memory is the training rows' alone, which release it where they move to a GPU.
        table.Values.Dispose();
        table.Targets?.Dispose();
        return (new RowTableSource(training), new RowTableSource(validation));
    }
}
