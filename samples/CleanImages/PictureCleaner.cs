using Microsoft.ML;
using Ml.Autoencoders;

namespace CleanImages;

/// <summary>Learns from clean pictures how to take noise off others.</summary>
internal sealed class PictureCleaner(MLContext ml, PictureFormat format)
{
    private readonly PicturePipeline _pipeline = new(ml);

    /// <summary>The model as a file: the whole way from a path to a clean picture.</summary>
    /// <param name="paths">Of clean pictures.</param>
    /// <param name="noise">What is done to them for the encoder, drawn anew for every batch: no picture is seen twice
    /// with the same noise.</param>
    /// <param name="training">How to train.</param>
    /// <param name="modelPath">Of the file to write.</param>
    public void Learn(IReadOnlyList<string> paths, Corruption noise, TrainingOptions training, string modelPath)
    {
        IDataView pictures = _pipeline.View(paths);
        using var model = _pipeline.ToPixels(format)
            .Append(ml.Transforms.Autoencoders.Denoising("Code", PicturePipeline.Pixels, new()
            {
                CodeSize = SpatialNetwork.DenoisingCodeSize(format.Height, format.Width),
                Network = SpatialNetwork.Denoising(format.IsColor ? 3 : 1, format.Height, format.Width),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Corruption = noise,
                ReconstructionColumnName = PicturePipeline.CleanPixels,
                Training = training,
            }))
            .Append(_pipeline.ToImages(format))
            .Fit(pictures);
        ml.Model.Save(model, pictures.Schema, modelPath);
    }

    /// <summary>Cleans pictures as they are: no noise is added to them.</summary>
    /// <returns>The paths of the clean ones.</returns>
    public string[] Clean(string modelPath, IReadOnlyList<string> paths, string folder)
    {
        ITransformer model = ml.Model.Load(modelPath, out _);
        try
        {
            return _pipeline.Run(model, paths, folder);
        }
        finally
        {
            (model as IDisposable)?.Dispose();
        }
    }
}
