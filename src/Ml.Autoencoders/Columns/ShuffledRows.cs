using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds out whether ML.NET shuffles the rows of a data view.</summary>
internal static class ShuffledRows
{
    /// <summary>Whether a view, or one that it is made of, is that of <c>ShuffleRows</c>.</summary>
    public static bool Are(IDataView? view)
    {
        for (; view is not null; view = (view as IDataTransform)?.Source)
        {
            if (view is RowShufflingTransformer)
                return true;
        }
        return false;
    }
}
