using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Rows;

/// <summary>The columns of a data view that a fit reads.</summary>
/// <param name="Input">The vector of what is encoded, of known size.</param>
/// <param name="Target">The vector of what is reconstructed, where that is another.</param>
/// <param name="Label">The key of labels, where there is one.</param>
/// <param name="Knows">Whether a label may occur; null where every one may.</param>
/// <param name="Use">What the rows are for, as errors name it: training or validation.</param>
/// <param name="MayHaveGaps">Whether numbers may be missing.</param>
internal sealed record RowColumns(DataViewSchema.Column Input, DataViewSchema.Column? Target, LabelColumn? Label,
    Func<long, bool>? Knows, string Use, bool MayHaveGaps = false)
{
    public RowLayout Layout => new(SizeOf(Input), Target is { } target ? SizeOf(target) : null, Label is not null);

    public IEnumerable<DataViewSchema.Column> All
    {
        get
        {
            yield return Input;
            if (Target is { } target)
                yield return target;
            if (Label is not null)
                yield return Label.Column;
        }
    }

    private static int SizeOf(DataViewSchema.Column column) => ((VectorDataViewType)column.Type).Size;
}
