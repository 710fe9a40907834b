using Ml.Autoencoders;
using Ml.Autoencoders.Pipeline;

namespace Microsoft.ML;

/// <summary>Where autoencoders meet ML.NET's own entry points.</summary>
public static class AutoencoderExtensions
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Autoencoders: stages that learn short codes of long vectors.</summary>
        public AutoencoderCatalog Autoencoders
        {
            get
            {
                MlNetMembers.Require();
                return new(catalog);
            }
        }
    }

    /// <summary>The autoencoder inside a model: the model itself, or a link of its chain however deep.</summary>
    /// <param name="model">A fitted or loaded model.</param>
    /// <param name="outputColumnName">The code column of the autoencoder.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model holds no autoencoder with that code column, or more than one.</exception>
    public static AutoencoderTransformer GetAutoencoder(this ITransformer model, string outputColumnName)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(outputColumnName);
        AutoencoderTransformer[] found = [.. Links(model).OfType<AutoencoderTransformer>()];
        return found.Where(transformer => transformer.OutputColumnName == outputColumnName).ToArray() switch
        {
            [var only] => only,
            [] => throw new ArgumentException(
                $"The model holds no autoencoder whose code column is '{outputColumnName}'; it has {Describe(found)}.", nameof(outputColumnName)),
            _ => throw new ArgumentException(
                $"The model holds more than one autoencoder whose code column is '{outputColumnName}'. Take one from the links of its chain: ((IEnumerable<ITransformer>)model).OfType<AutoencoderTransformer>().",
                nameof(outputColumnName)),
        };
    }

    /// <summary>The anomaly detector inside a model: the model itself, or a link of its chain however deep.</summary>
    /// <param name="model">A fitted or loaded model.</param>
    /// <exception cref="ArgumentNullException">There is no model.</exception>
    /// <exception cref="ArgumentException">The model holds no detector of this library, or more than one.</exception>
    public static AutoencoderAnomalyTransformer GetAnomalyDetector(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Links(model).OfType<AutoencoderAnomalyTransformer>().ToArray() switch
        {
            [var only] => only,
            [] => throw new ArgumentException("The model holds no anomaly detector that is an autoencoder.", nameof(model)),
            _ => throw new ArgumentException(
                "The model holds more than one anomaly detector that is an autoencoder. Take one from the links of its chain: ((IEnumerable<ITransformer>)model).OfType<AutoencoderAnomalyTransformer>().",
                nameof(model)),
        };
    }

    private static IEnumerable<ITransformer> Links(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Links) : [model];

    private static string Describe(AutoencoderTransformer[] found) => found.Length == 0
        ? "none at all"
        : string.Join(", ", found.Select(transformer => $"'{transformer.OutputColumnName}'"));
}
