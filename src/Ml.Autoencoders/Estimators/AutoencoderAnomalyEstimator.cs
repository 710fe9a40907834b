using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>Trains an anomaly detector on rows of which at least most are normal. Made by the methods of
/// <see cref="AutoencoderAnomalyCatalogExtensions"/> on <c>mlContext.AnomalyDetection.Trainers</c>.</summary>
/// <remarks>Immutable; one estimator can be fitted any number of times.</remarks>
public sealed class AutoencoderAnomalyEstimator : IEstimator<AutoencoderAnomalyTransformer>
{
    private readonly IHost _host;
    private readonly OpenRecipe _open;
    private readonly Recipe _recipe;
    private readonly float _contamination;
    private readonly int _draws;

    internal AutoencoderAnomalyEstimator(IHostEnvironment environment, OpenRecipe open, float contamination,
        int draws)
    {
        _open = open;
        _recipe = open.Typical;
        _contamination = contamination;
        _draws = draws;
        _host = environment.Register($"{_recipe.Family}Autoencoder");
    }

    internal Recipe Recipe => _recipe;

    /// <summary>What sets the threshold, which is not known before the fit.</summary>
    internal (float Contamination, int Draws) Wanted => (_contamination, _draws);

    /// <summary>The columns that the fitted transformer will have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing, or not a vector of Single
    /// or of keys.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return PromisedSchema.Of(_host, inputSchema, _recipe);
    }

    /// <summary>
    /// Trains on all rows of <paramref name="input"/>, which are read once where they fit into
    /// <see cref="TrainingOptions.RowMemoryMegabytes"/>, and sets the threshold by their scores, or by those of the
    /// rows that <see cref="TrainingOptions.ValidationFraction"/> holds out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The feature column is missing, or not a vector of Single or of
    /// keys, of known size.</exception>
    /// <exception cref="ArgumentException">The column holds pictures, and an option needs a score that sees the code;
    /// for pictures <see cref="AutoencoderAnomalyOptions.Score"/> has to be set then.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, an option is not for rows of keys, a value is
    /// infinite, or missing where <see cref="AutoencoderModelOptions.MissingValues"/> does not leave such values out,
    /// the network does not fit the column, the device is not available, the loss stopped being a finite number, or
    /// early stopping had no finite loss to watch.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled, and is set to throw then or had not read its
    /// rows yet.</exception>
    public AutoencoderAnomalyTransformer Fit(IDataView input) => ModelFit.Run(_host, _open, input, null, Finish);

    /// <summary>
    /// Trains on <paramref name="input"/>, measures the loss after every epoch on <paramref name="validation"/>, and
    /// sets the threshold by the scores of those rows.
    /// </summary>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public AutoencoderAnomalyTransformer Fit(IDataView input, IDataView validation)
    {
        _host.CheckValue(validation, nameof(validation));
        return ModelFit.Run(_host, _open, input, validation, Finish);
    }

    private AutoencoderAnomalyTransformer Finish(ModelDescription description, AutoencoderModel model,
        TrainingData data)
    {
        // Without a threshold there is no detector to return, so that a fit that returns one when it is canceled sets
        // it by all rows.
        TrainingOptions training = _recipe.Training;
        CancellationToken cancellation = training.ThrowOnCancellation ? training.Cancellation : CancellationToken.None;
        new ScoreEstimate(model, data.Training, cancellation).Run(_recipe.TrimmedShare);
        Detection detection = AnomalyScores.Detection(model, data.Validation ?? data.Training, _contamination, _draws,
            description.Seed, cancellation);
        return new AutoencoderAnomalyTransformer(_host, description with { Detection = detection }, model);
    }
}
