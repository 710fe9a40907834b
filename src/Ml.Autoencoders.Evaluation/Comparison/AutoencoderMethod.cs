using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>An autoencoder of this library.</summary>
internal sealed class AutoencoderMethod(MLContext ml, ComparedAutoencoder autoencoder)
    : Method(autoencoder.Name, isPca: false)
{
    /// <summary>Those that are compared where none are named.</summary>
    public static IEnumerable<ComparedAutoencoder> Defaults(MLContext ml, string column, int seed)
    {
        const string Code = "Code";
        AutoencoderCatalog catalog = ml.Transforms.Autoencoders;
        var training = new TrainingOptions { Seed = seed };
        return
        [
            new()
            {
                Name = "plain",
                Create = size => catalog.Plain(Code, column, new PlainOptions { CodeSize = size, Training = training }),
            },
            new()
            {
                Name = "denoising",
                Create = size =>
                    catalog.Denoising(Code, column, new DenoisingOptions { CodeSize = size, Training = training }),
            },
            new()
            {
                Name = "variational",
                Create = size =>
                    catalog.Variational(Code, column, new VariationalOptions { CodeSize = size, Training = training }),
            },
        ];
    }

    public override FittedMethod Fit(ComparisonData data, int codeSize)
    {
        AutoencoderEstimator estimator = autoencoder.Create(codeSize)
            ?? throw new InvalidOperationException("Create returned null.");
        AutoencoderTransformer fitted = Fit(estimator, data.TrainingView);
        if (fitted.CodeSize == codeSize && fitted.InputColumnName == data.FeatureColumn)
            return new Fitted(ml, fitted, data.TrainingView.Schema);
        fitted.Dispose();
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"Create({codeSize}) made an autoencoder that encodes '{fitted.InputColumnName}' in {fitted.CodeSize} " +
            $"numbers; it has to encode '{data.FeatureColumn}' in {codeSize}."));
    }

    private static AutoencoderTransformer Fit(AutoencoderEstimator estimator, IDataView rows)
    {
        try
        {
            return estimator.Fit(rows);
        }
        catch (InvalidOperationException error)
        {
            throw new UnfittableException(error.Message, error);
        }
    }

    private sealed class Fitted(MLContext ml, AutoencoderTransformer stage, DataViewSchema input) : FittedMethod
    {
        private const string ReconstructionColumn = "Reconstruction";

        /// <summary>What it gives besides codes, and in which column; null where that is nothing.</summary>
        private readonly (StageOutput Output, string Column)? _others = stage switch
        {
            { Output: not StageOutput.Code } => (stage.Output, stage.OutputColumnName),
            { HiddenColumnName: { } column } => (StageOutput.HiddenActivations, column),
            _ => null,
        };

        public override long ModelSize => SavedModel.Size(ml, stage, input);

        public override StageOutput? Others => _others?.Output;

        public override float[][] Encode(IDataView rows) =>
            [.. stage.Encode(rows).GetColumn<float[]>(stage.OutputColumnName)];

        public override float[][] EncodeOthers(IDataView rows) =>
            [.. stage.Transform(rows).GetColumn<float[]>(_others!.Value.Column)];

        public override float[][] Reconstruct(IDataView rows, float[][] codes) =>
            [.. stage.Reconstruct(rows, ReconstructionColumn).GetColumn<float[]>(ReconstructionColumn)];

        public override void Dispose() => stage.Dispose();
    }
}
