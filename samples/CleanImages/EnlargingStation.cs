using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Samples;

namespace CleanImages;

/// <summary>Small digits as files, enlarged into files.</summary>
internal sealed class EnlargingStation(MLContext ml, DigitFiles files, Settings settings)
{
    private const int Factor = 2;

    private readonly PicturePipeline _pipeline = new(ml);

    public void Run()
    {
        var large = new PictureFormat(files.Width, files.Height);
        var small = new PictureFormat(files.Width / Factor, files.Height / Factor);
        string[] smallFiles = files.Write("small", ImageFilters.Shrink(files.Test, large.Height, large.Width, Factor),
            small.Height, small.Width);

        using AutoencoderTransformer enlarger = Display.Training("enlarging",
            progress => Learn(large, small, progress));
        // It learned from large pictures, which it made small itself; what it is given now is small.
        ITransformer toPixels = _pipeline.ToPixels(small).Fit(_pipeline.View(smallFiles));
        IDataView enlarged = enlarger.Transform(toPixels.Transform(_pipeline.View(smallFiles)));
        var model = new TransformerChain<ITransformer>(toPixels, enlarger, _pipeline.ToImages(large).Fit(enlarged));
        float[][] ours = [.. _pipeline.Run(model, smallFiles, files.PathOf("enlarged")).Select(PictureFiles.ReadGray)];

        float[][] pictures = [.. smallFiles.Select(PictureFiles.ReadGray)];
        files.Compare($"Digits of {small.Width} x {small.Height} pixels, enlarged to {large.Width} x {large.Height}",
            "enlarged.png",
            ("nearest", ImageFilters.EnlargeNearest(pictures, small.Height, small.Width, Factor)),
            ("bicubic", ImageFilters.EnlargeBicubic(pictures, small.Height, small.Width, Factor)),
            ("autoencoder", ours));
    }

    private AutoencoderTransformer Learn(PictureFormat large, PictureFormat small, Progress progress)
    {
        IDataView paths = _pipeline.View(files.Training);
        return ml.Transforms.Autoencoders.Denoising("Code", PicturePipeline.Pixels, new()
        {
            CodeSize = SpatialNetwork.EnlargingCodeSize(small.Height, small.Width),
            Network = SpatialNetwork.Enlarging(small.Height, small.Width),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Corruption = Corruption.Downscale(Factor),
            ReconstructionColumnName = PicturePipeline.CleanPixels,
            Training = settings.Training(progress.Epoch),
        }).Fit(_pipeline.ToPixels(large).Fit(paths).Transform(paths));
    }
}
