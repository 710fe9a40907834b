using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>
/// Trains an autoencoder on a vector column. Made by the methods of <see cref="AutoencoderCatalog"/>.
/// </summary>
/// <remarks>Immutable; one estimator can be fitted any number of times.</remarks>
public sealed class AutoencoderEstimator : IEstimator<AutoencoderTransformer>
{
    private readonly IHost _host;
    private readonly OpenRecipe _open;
    private readonly Recipe _recipe;

    internal AutoencoderEstimator(IHostEnvironment environment, OpenRecipe open)
    {
        _open = open;
        _recipe = open.Typical;
        _host = environment.Register($"{_recipe.Family}Autoencoder");
    }

    internal Recipe Recipe => _recipe;

    /// <summary>The columns that the fitted transformer will have.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, or not a vector of Single or
    /// of keys.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return PromisedSchema.Of(_host, inputSchema, _recipe);
    }

    /// <summary>Trains on all rows of <paramref name="input"/>, which are read once where they fit into
    /// <see cref="TrainingOptions.RowMemoryMegabytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing, or not a vector of Single or of keys,
    /// of known size.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, an option is not for rows of keys, a value is
    /// infinite, or missing where <see cref="AutoencoderModelOptions.MissingValues"/> does not leave such values out,
    /// the network does not fit the column, the device is not available, the loss stopped being a finite number, or
    /// early stopping had no finite loss to watch.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled, and is set to throw then or had not read its
    /// rows yet.</exception>
    public AutoencoderTransformer Fit(IDataView input) => ModelFit.Run(_host, _open, input, null, Finish);

    /// <summary>
    /// Trains on <paramref name="input"/>, and measures the loss after every epoch on <paramref name="validation"/>.
    /// </summary>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public AutoencoderTransformer Fit(IDataView input, IDataView validation)
    {
        _host.CheckValue(validation, nameof(validation));
        return ModelFit.Run(_host, _open, input, validation, Finish);
    }

    private AutoencoderTransformer Finish(ModelDescription description, AutoencoderModel model, TrainingData data) =>
        new(_host, description, model);
}
