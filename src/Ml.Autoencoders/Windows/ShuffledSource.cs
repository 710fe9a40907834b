using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Windows;

/// <summary>Refuses rows that ML.NET shuffles before windows are made of them.</summary>
internal static class ShuffledSource
{
    /// <exception cref="InvalidOperationException">The rows of the view are shuffled.</exception>
    public static void Refuse(IExceptionContext context, IDataView? view, string output)
    {
        for (; view is not null; view = (view as IDataTransform)?.Source)
        {
            if (view is RowShufflingTransformer)
                throw context.Except(
                    $"The rows are shuffled (ShuffleRows) before the windows of column '{output}' are made of them; " +
                    "a window needs rows in their order. Make the windows first, and shuffle those.");
        }
    }
}
