using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;

namespace Microsoft.ML;

/// <summary>Tables as they are: <c>mlContext.Transforms.FeaturizeTable</c>.</summary>
public static class TableCatalogExtensions
{
    private const string Call = nameof(FeaturizeTable);

    /// <summary>Makes one vector of Single of the columns of a table, whatever they hold: numbers, yes and no, and
    /// categories.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item><description>Numbers of any kind, and vectors of them of known size, are taken as they are, as Single. NaN
    /// stays NaN.</description></item>
    /// <item><description>A Boolean becomes 0 or 1.</description></item>
    /// <item><description>A text or a key is a category: a slot for each of the most frequent values
    /// (<see cref="TableFeaturizingOptions.MaximumCategories"/>), from the most frequent to the rarest, and equally
    /// frequent ones in ordinal order of the text, or in that of the key. The slot of a row's value is 1, the others
    /// are 0. A row with a value that has no slot, because no row of the fit or hardly one had it, has 0 in
    /// all.</description></item>
    /// <item><description>Numbers that <see cref="TableFeaturizingOptions.CategoryColumns"/> lists are categories,
    /// too.</description></item>
    /// <item><description>A missing category (an empty text, a missing key) has a slot after the others, where a row of
    /// the fit misses it, or is a gap (<see cref="TableFeaturizingOptions.MissingCategories"/>).</description></item>
    /// </list>
    /// <para>Slots are named as <c>OneHotEncoding</c> and <c>Concatenate</c> name them: <c>Age</c>,
    /// <c>Region.north</c>, <c>Region.(missing)</c>; of a vector <c>Readings.first</c>, or <c>Readings[0]</c> where it
    /// has no names. ML.NET's annotation <c>CategoricalSlotRanges</c> tells trainers which slots are a category
    /// together; a Boolean is one of a single slot.</para>
    /// <para>Needs no native torch library, and can be exported by ML.NET's <c>ConvertToOnnx</c>.</para>
    /// </remarks>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="outputColumnName">The column of the vectors.</param>
    /// <param name="inputColumnNames">The columns of the table, at least one.</param>
    /// <exception cref="ArgumentException">There are no columns, one is named twice, or a name is empty.</exception>
    public static TableFeaturizingEstimator FeaturizeTable(this TransformsCatalog catalog, string outputColumnName,
        params string[] inputColumnNames) =>
        catalog.FeaturizeTable(outputColumnName, new TableFeaturizingOptions(), inputColumnNames);

    /// <inheritdoc cref="FeaturizeTable(TransformsCatalog, string, string[])"/>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="outputColumnName">The column of the vectors.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="inputColumnNames">The columns of the table, at least one.</param>
    /// <exception cref="ArgumentException">An option is out of its range; there are no columns, one is named twice, or
    /// a name is empty.</exception>
    [OverloadResolutionPriority(1)]
    public static TableFeaturizingEstimator FeaturizeTable(this TransformsCatalog catalog, string outputColumnName,
        TableFeaturizingOptions options, params string[] inputColumnNames)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        MlNetMembers.Require();
        Require.ColumnName(outputColumnName, Place.Call(Call), nameof(outputColumnName));
        Require.ColumnNames(inputColumnNames, Place.Call(Call), nameof(inputColumnNames));
        options.Check(inputColumnNames);
        return EstimatorOf(catalog, outputColumnName, options, inputColumnNames);
    }

    private static TableFeaturizingEstimator EstimatorOf(TransformsCatalog catalog, string output,
        TableFeaturizingOptions options, string[] inputs) =>
        new(CatalogUtils.GetEnvironment(catalog), output, inputs, options);
}
