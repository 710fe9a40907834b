using Microsoft.ML;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests;

/// <summary>Transformers around models that no fit made.</summary>
internal static class Transformers
{
    /// <summary>From <c>Features</c> to <c>Code</c>. Disposing it disposes the model.</summary>
    public static AutoencoderTransformer Around(MLContext ml, AutoencoderModel model, int seed = 0) => new(ml,
        new ModelDescription(ModelDescription.CurrentVersion, new ColumnNames("Features", "Code"), model.Definition,
            new TrainingOptions { Epochs = 1 }.Completed(Defaults.Standard), [], seed),
        model);

    /// <summary>The transformer as a fresh context loads it.</summary>
    public static AutoencoderTransformer SavedAndLoaded(this AutoencoderTransformer model, MLContext ml,
        DataViewSchema schema) =>
        (AutoencoderTransformer)ModelZip.Load(new MLContext(), ModelZip.Save(ml, model, schema));
}
