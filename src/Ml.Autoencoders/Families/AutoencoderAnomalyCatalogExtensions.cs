using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using static Microsoft.ML.AnomalyDetectionCatalog;

namespace Microsoft.ML;

/// <summary>Anomaly detectors among ML.NET's own: <c>mlContext.AnomalyDetection.Trainers</c>.</summary>
public static class AutoencoderAnomalyCatalogExtensions
{
    /// <summary>
    /// An anomaly detector that learns to reconstruct normal rows, and scores a row by how badly it succeeds (Sakurada
    /// and Yairi 2014, "Anomaly Detection Using Autoencoders with Nonlinear Dimensionality Reduction"), by how far the
    /// row's code lies from those of the training rows, or by both, as it does for tables unless
    /// <see cref="AutoencoderAnomalyOptions.Score"/> says otherwise. A higher score is worse.
    /// </summary>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="featureColumnName">The column to score, a vector of Single or of keys, of known size.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public static AutoencoderAnomalyEstimator Autoencoder(this AnomalyDetectionTrainers catalog,
        string featureColumnName, AutoencoderAnomalyOptions options) => Estimator(catalog, featureColumnName, options);

    /// <inheritdoc cref="Autoencoder(AnomalyDetectionTrainers, string, AutoencoderAnomalyOptions)"/>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="featureColumnName">The column to score, a vector of Single or of keys, of known size.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: a quarter of the columns, see
    /// <see cref="AutoencoderAnomalyOptions"/>.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: as many as make at least
    /// 1,000 updates, see <see cref="AutoencoderAnomalyOptions"/>.</param>
    /// <param name="contamination">The share of the training rows that the detector calls anomalies; at
    /// least 0, below 1.</param>
    public static AutoencoderAnomalyEstimator Autoencoder(this AnomalyDetectionTrainers catalog,
        string featureColumnName = DefaultColumnNames.Features, int? codeSize = null, int? epochs = null,
        float contamination = 0.01f) =>
        Estimator<AutoencoderAnomalyOptions>(catalog, featureColumnName, codeSize, epochs, contamination);

    /// <summary>The anomaly detector of that name for the columns of a table, whatever they hold: <see
    /// cref="TableCatalogExtensions.FeaturizeTable(TransformsCatalog, string, string[])"/> makes one vector of them,
    /// the column <c>Features</c>, and the detector is appended to that.</summary>
    /// <remarks>Where <see cref="AutoencoderModelOptions.MissingValues"/> are left out, so are missing categories;
    /// otherwise these are a category like others. For <see cref="TableFeaturizingOptions"/>, another name of the
    /// column, or a data view of validation rows, use <c>FeaturizeTable</c> yourself. The fitted detector is the
    /// chain's <c>LastTransformer</c>.</remarks>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="inputColumnNames">The columns of the table, at least one.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">There are no columns, one is named twice, a name is empty, or an option is
    /// out of its range.</exception>
    public static EstimatorChain<AutoencoderAnomalyTransformer> Autoencoder(
        this AnomalyDetectionTrainers catalog,
        string[] inputColumnNames, AutoencoderAnomalyOptions options) =>
        OfTable(catalog, inputColumnNames, options, nameof(Autoencoder));

    /// <inheritdoc cref="Autoencoder(AnomalyDetectionTrainers, string[], AutoencoderAnomalyOptions)"/>
    [OverloadResolutionPriority(-1)]
    public static EstimatorChain<AutoencoderAnomalyTransformer> Autoencoder(
        this AnomalyDetectionTrainers catalog,
        string[] inputColumnNames) =>
        OfTable(catalog, inputColumnNames, new AutoencoderAnomalyOptions(), nameof(Autoencoder));

    /// <summary>
    /// An anomaly detector that learns how likely normal rows are, and scores a row by its negative evidence lower
    /// bound in nats, which is at least -ln p(x) (An and Cho 2015, "Variational Autoencoder based Anomaly Detection
    /// using Reconstruction Probability", with the KL divergence kept). A higher score is worse. Where gaps are
    /// left out, the slots that a row misses enter it with the mean error of those that are there.
    /// </summary>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="featureColumnName">The column to score, a vector of Single or of keys, of known size.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public static AutoencoderAnomalyEstimator VariationalAutoencoder(
        this AnomalyDetectionTrainers catalog,
        string featureColumnName, VariationalAnomalyOptions options) => Estimator(catalog, featureColumnName, options);

    /// <inheritdoc cref="VariationalAutoencoder(AnomalyDetectionTrainers, string, VariationalAnomalyOptions)"/>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="featureColumnName">The column to score, a vector of Single or of keys, of known size.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    /// <param name="contamination">The share of the training rows that the detector calls anomalies; at
    /// least 0, below 1.</param>
    public static AutoencoderAnomalyEstimator VariationalAutoencoder(
        this AnomalyDetectionTrainers catalog,
        string featureColumnName = DefaultColumnNames.Features, int? codeSize = null, int? epochs = null,
        float contamination = 0.01f) =>
        Estimator<VariationalAnomalyOptions>(catalog, featureColumnName, codeSize, epochs, contamination);

    /// <summary>The anomaly detector of that name for the columns of a table, whatever they hold: <see
    /// cref="TableCatalogExtensions.FeaturizeTable(TransformsCatalog, string, string[])"/> makes one vector of them,
    /// the column <c>Features</c>, and the detector is appended to that.</summary>
    /// <inheritdoc cref="Autoencoder(AnomalyDetectionTrainers, string[], AutoencoderAnomalyOptions)"/>
    public static EstimatorChain<AutoencoderAnomalyTransformer> VariationalAutoencoder(
        this AnomalyDetectionTrainers catalog,
        string[] inputColumnNames, VariationalAnomalyOptions options) =>
        OfTable(catalog, inputColumnNames, options, nameof(VariationalAutoencoder));

    /// <inheritdoc cref="VariationalAutoencoder(AnomalyDetectionTrainers, string[], VariationalAnomalyOptions)"/>
    [OverloadResolutionPriority(-1)]
    public static EstimatorChain<AutoencoderAnomalyTransformer> VariationalAutoencoder(
        this AnomalyDetectionTrainers catalog,
        string[] inputColumnNames) =>
        OfTable(catalog, inputColumnNames, new VariationalAnomalyOptions(), nameof(VariationalAutoencoder));

    /// <summary>
    /// The detector with another threshold; the same one where it has that threshold already. A new one is disposed
    /// separately.
    /// </summary>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="model">A trained detector.</param>
    /// <param name="threshold">A row with a score above it is called an anomaly; any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public static AutoencoderAnomalyTransformer ChangeModelThreshold(this AnomalyDetectionCatalog catalog,
        AutoencoderAnomalyTransformer model, float threshold)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        Require.Finite(threshold, nameof(ChangeModelThreshold), nameof(threshold));
        return model.Threshold == threshold ? model : model.WithThreshold(threshold);
    }

    private static AutoencoderAnomalyEstimator Estimator<TOptions>(
        AnomalyDetectionTrainers catalog,
        string featureColumnName, int? codeSize, int? epochs, float contamination)
        where TOptions : AnomalyOptions, new() =>
        Estimator(catalog, featureColumnName, new TOptions
        {
            CodeSize = codeSize,
            Contamination = contamination,
            Training = new() { Epochs = epochs },
        });

    private static AutoencoderAnomalyEstimator Estimator(AnomalyDetectionTrainers catalog,
        string featureColumnName, AnomalyOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(featureColumnName);
        MlNetMembers.Require();
        return EstimatorOf(catalog, featureColumnName, options);
    }

    private static EstimatorChain<AutoencoderAnomalyTransformer> OfTable(AnomalyDetectionTrainers catalog,
        string[] inputColumnNames, AnomalyOptions options, string call)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        Require.ColumnNames(inputColumnNames, Place.Call(call), nameof(inputColumnNames));
        MlNetMembers.Require();
        return ChainOf(catalog, inputColumnNames, options);
    }

    private static EstimatorChain<AutoencoderAnomalyTransformer> ChainOf(AnomalyDetectionTrainers catalog,
        string[] inputColumnNames, AnomalyOptions options) =>
        new TableFeaturizingEstimator(CatalogUtils.GetEnvironment(catalog), DefaultColumnNames.Features,
            inputColumnNames, new()
            {
                MissingCategories = options.MissingValues == MissingValueHandling.LeaveOut
                    ? MissingCategoryHandling.Gap : MissingCategoryHandling.Category,
            }).Append(EstimatorOf(catalog, DefaultColumnNames.Features, options));

    private static AutoencoderAnomalyEstimator EstimatorOf(AnomalyDetectionTrainers catalog,
        string featureColumnName, AnomalyOptions options) =>
        new(CatalogUtils.GetEnvironment(catalog),
            options.ToOpenRecipe(featureColumnName, options.CodeColumnName), options.Contamination, options.CodeDraws);
}
