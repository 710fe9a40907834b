using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Families;
using Ml.Autoencoders.Windows;

namespace Microsoft.ML;

/// <summary>Windows of series among ML.NET's own transforms: <c>mlContext.Transforms.SlidingWindow</c>.</summary>
public static class SlidingWindowCatalogExtensions
{
    /// <summary>Makes windows of the rows of a series: each row gets one of the last T rows of its group, itself the
    /// last.</summary>
    /// <remarks>The rows must be in the order of time, and are read in one pass: they may be filtered, taken and cached
    /// before and after, and shuffled only after. At most T rows of each group are held in memory.</remarks>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="outputColumnName">The column of the windows, a vector of T x C Single, time first. A row without a
    /// window has NaN in every slot.</param>
    /// <param name="inputColumnNames">The columns that windows are made of, side by side: numbers of any type, and
    /// vectors of Single of known size.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">A name or an option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public static SlidingWindowEstimator SlidingWindow(this TransformsCatalog catalog, string outputColumnName,
        string[] inputColumnNames, SlidingWindowOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(outputColumnName);
        ArgumentNullException.ThrowIfNull(inputColumnNames);
        ArgumentNullException.ThrowIfNull(options);
        MlNetMembers.Require();
        return Estimator(catalog, outputColumnName, inputColumnNames, options);
    }

    /// <inheritdoc cref="SlidingWindow(TransformsCatalog, string, string[], SlidingWindowOptions)"/>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="outputColumnName">The column of the windows, a vector of T x C Single, time first. A row without a
    /// window has NaN in every slot.</param>
    /// <param name="inputColumnNames">The columns that windows are made of, side by side: numbers of any type, and
    /// vectors of Single of known size.</param>
    /// <param name="length">Rows of a window, T, at least 1. Default: from the data, see <see
    /// cref="SlidingWindowOptions.Length"/>.</param>
    /// <param name="groupColumnName">The column that says which series a row belongs to, a text, a key or an integer.
    /// Default: all rows are one series.</param>
    /// <param name="timeColumnName">The column of the times of rows, a date, a span of time or a number. Default: the
    /// rows are in order, and nothing is missing between them.</param>
    /// <param name="maxGap">The longest time between two rows of a window, above zero. Default: there is
    /// none.</param>
    public static SlidingWindowEstimator SlidingWindow(this TransformsCatalog catalog, string outputColumnName,
        string[] inputColumnNames, int? length = null, string? groupColumnName = null, string? timeColumnName = null,
        TimeSpan? maxGap = null) =>
        SlidingWindow(catalog, outputColumnName, inputColumnNames, new SlidingWindowOptions
        {
            Length = length,
            GroupColumnName = groupColumnName,
            TimeColumnName = timeColumnName,
            MaxGap = maxGap,
        });

    /// <summary>The stage of windows inside a model: the model itself, or a link of its chain, however deeply
    /// nested.</summary>
    /// <param name="model">A fitted or loaded model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">The model holds no such stage, or more than one.</exception>
    public static SlidingWindowTransformer GetSlidingWindow(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelLinks.Of(model).OfType<SlidingWindowTransformer>().ToArray() switch
        {
            [var only] => only,
            [] => throw new ArgumentException("The model holds no stage that makes windows.", nameof(model)),
            _ => throw new ArgumentException(
                "The model holds more than one stage that makes windows. Take one from the links of its chain: " +
                "((IEnumerable<ITransformer>)model).OfType<SlidingWindowTransformer>().", nameof(model)),
        };
    }

    private static SlidingWindowEstimator Estimator(TransformsCatalog catalog, string outputColumnName,
        string[] inputColumnNames, SlidingWindowOptions options) =>
        new(CatalogUtils.GetEnvironment(catalog), new WindowNames(outputColumnName, [.. inputColumnNames], options));
}
