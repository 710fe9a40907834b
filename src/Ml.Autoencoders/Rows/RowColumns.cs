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
    public const string TrainingUse = "training";
    public const string ValidationUse = "validation";

    /// <summary>What the input column says about windows; null where it does not hold any. Rows without one are
    /// skipped.</summary>
    public WindowColumn? Window { get; init; }

    /// <summary>The groups that windows do not mix, where the data has their column.</summary>
    public RowGroups? Series { get; init; }

    /// <summary>The groups that rows are divided by; null where they are not.</summary>
    public RowGroups? Groups { get; init; }

    /// <summary>Whether rows belong together, so that none is held out at random.</summary>
    public bool IsSeries => Window is not null || Groups is not null;

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
            if (Series is not null)
                yield return Series.Column;
            if (Groups is not null && Groups.Column.Index != Series?.Column.Index)
                yield return Groups.Column;
        }
    }

    /// <summary>The rows of each group.</summary>
    /// <param name="groups">The number of the group of each row.</param>
    public static long[] SizesOf(IEnumerable<int> groups)
    {
        var sizes = new List<long>();
        foreach (int group in groups)
        {
            while (sizes.Count <= group)
                sizes.Add(0);
            sizes[group]++;
        }
        return [.. sizes];
    }

    private static int SizeOf(DataViewSchema.Column column) => ((VectorDataViewType)column.Type).Size;
}
