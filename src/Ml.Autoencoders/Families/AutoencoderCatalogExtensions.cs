using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Families;

namespace Microsoft.ML;

/// <summary>Where autoencoders meet ML.NET's own entry points.</summary>
public static class AutoencoderCatalogExtensions
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

    /// <summary>An encoder of rows as the whole model takes them: it runs every stage up to the autoencoder, and no
    /// other.</summary>
    /// <remarks>The call to use in a service. Where stages before the autoencoder change or make its input column (a
    /// normalizer, <c>Concatenate</c>, <c>ExtractPixels</c>, <c>MapValueToKey</c> of a condition),
    /// <see cref="AutoencoderTransformer.Encode(float[], string?)"/> of <see cref="GetAutoencoder"/> does not run
    /// them.</remarks>
    /// <typeparam name="TRow">A class with the columns that these stages read, as for a
    /// <c>PredictionEngine</c>.</typeparam>
    /// <param name="catalog">ML.NET's catalog.</param>
    /// <param name="model">A fitted or loaded model. It is not disposed with the encoder, and has to outlive
    /// it.</param>
    /// <param name="outputColumnName">The output column of the autoencoder.</param>
    /// <param name="inputSchemaDefinition">What the class does not specify about its columns, the size of a vector for
    /// example. Default: what its attributes specify.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model holds no autoencoder with that output column, or more than one; or
    /// the class lacks a column that a stage reads, or has it with another type; or a stage before the autoencoder
    /// makes windows of several rows.</exception>
    /// <exception cref="InvalidOperationException">A stage before the autoencoder does not map row by row.</exception>
    public static RowEncoder<TRow> CreateEncoder<TRow>(this ModelOperationsCatalog catalog, ITransformer model,
        string outputColumnName, SchemaDefinition? inputSchemaDefinition = null)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(catalog);
        AutoencoderTransformer autoencoder = model.GetAutoencoder(outputColumnName);
        ITransformer[] upToIt = [.. ModelLinks.Of(model).TakeWhile(link => !ReferenceEquals(link, autoencoder)),
            autoencoder.WritingCodes()];
        if (upToIt.OfType<SlidingWindowTransformer>().FirstOrDefault() is { } windows)
            throw new ArgumentException(
                $"The model makes windows of several rows ('{windows.OutputColumnName}') before the autoencoder, and " +
                "an encoder takes each row by itself, on any thread. Make windows of rows that come one by one with " +
                "model.GetSlidingWindow().CreateTracker(), and encode those: GetAutoencoder(...).Encode(window).",
                nameof(model));
        return new RowEncoder<TRow>(catalog, upToIt, autoencoder, inputSchemaDefinition);
    }

    /// <summary>The autoencoder inside a model: the model itself, or a link of its chain, however deeply
    /// nested.</summary>
    /// <remarks>Its methods do not run the stages of the model before it: they take rows as they are in its input
    /// column (<see cref="AutoencoderTransformer.InputColumnName"/>, written by
    /// <see cref="AutoencoderTransformer.InputColumnStage"/>), and give reconstructions and samples in the same units.
    /// For rows as the whole model takes them, use <see cref="CreateEncoder"/>.</remarks>
    /// <param name="model">A fitted or loaded model.</param>
    /// <param name="outputColumnName">The output column of the autoencoder.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The model holds no autoencoder with that output column, or
    /// more than one.</exception>
    public static AutoencoderTransformer GetAutoencoder(this ITransformer model, string outputColumnName)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(outputColumnName);
        AutoencoderTransformer[] found = [.. ModelLinks.Of(model).OfType<AutoencoderTransformer>()];
        return found.Where(transformer => transformer.OutputColumnName == outputColumnName).ToArray() switch
        {
            [var only] => only,
            [] => throw new ArgumentException(
                $"The model holds no autoencoder whose output column is '{outputColumnName}'; it has " +
                $"{Describe(found)}.", nameof(outputColumnName)),
            _ => throw new ArgumentException(
                $"The model holds more than one autoencoder whose output column is '{outputColumnName}'. Take one " +
                "from the links of its chain: ((IEnumerable<ITransformer>)model).OfType<AutoencoderTransformer>().",
                nameof(outputColumnName)),
        };
    }

    /// <summary>The anomaly detector inside a model: the model itself, or a link of its chain, however deeply
    /// nested.</summary>
    /// <remarks>Its methods do not run the stages of the model before it: they take rows as they are in its feature
    /// column (<see cref="AutoencoderAnomalyTransformer.FeatureColumnName"/>, written by
    /// <see cref="AutoencoderAnomalyTransformer.FeatureColumnStage"/>). For rows as the whole model takes them, use the
    /// model's own <c>Transform</c> or a <c>PredictionEngine</c>.</remarks>
    /// <param name="model">A fitted or loaded model.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">The model holds no detector of this library, or more than one.</exception>
    public static AutoencoderAnomalyTransformer GetAnomalyDetector(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelLinks.Of(model).OfType<AutoencoderAnomalyTransformer>().ToArray() switch
        {
            [var only] => only,
            [] => throw new ArgumentException("The model holds no anomaly detector that is an autoencoder.",
                nameof(model)),
            _ => throw new ArgumentException(
                "The model holds more than one anomaly detector that is an autoencoder. Take one from the links of " +
                "its chain: ((IEnumerable<ITransformer>)model).OfType<AutoencoderAnomalyTransformer>().",
                nameof(model)),
        };
    }

    private static string Describe(AutoencoderTransformer[] found) => found.Length == 0
        ? "none at all"
        : string.Join(", ", found.Select(transformer => $"'{transformer.OutputColumnName}'"));
}
