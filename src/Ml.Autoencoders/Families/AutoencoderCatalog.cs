using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Estimators;

namespace Ml.Autoencoders;

/// <summary>
/// The autoencoders that an ML.NET pipeline can hold: <c>mlContext.Transforms.Autoencoders</c>. Each family adds its
/// methods in its own file.
/// </summary>
public sealed partial class AutoencoderCatalog
{
    private readonly IHostEnvironment _environment;

    /// <summary>The catalog of a context, for languages without extension properties.</summary>
    /// <param name="context">The context that its estimators log to, draw seeds from and take their device
    /// from.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public AutoencoderCatalog(MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        MlNetMembers.Require();
        _environment = context;
    }

    internal AutoencoderCatalog(TransformsCatalog catalog) =>
        _environment = Microsoft.ML.Data.CatalogUtils.GetEnvironment(catalog);

    /// <summary>
    /// The estimator of every family's short method: its default options, with the two that are set most often.
    /// </summary>
    private AutoencoderEstimator Estimator<TOptions>(string outputColumnName, string? inputColumnName,
        int? codeSize, int? epochs)
        where TOptions : AutoencoderOptions, new() =>
        Estimator(outputColumnName, inputColumnName,
            new TOptions { CodeSize = codeSize, Training = new() { Epochs = epochs } });

    private AutoencoderEstimator Estimator(string outputColumnName, string? inputColumnName, AutoencoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(outputColumnName);
        return new(_environment, options.ToOpenRecipe(inputColumnName ?? outputColumnName, outputColumnName));
    }
}
