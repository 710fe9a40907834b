using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace CleanImages;

/// <summary>
/// What comes before the autoencoder and after it: parts of ML.NET, from paths to pixels and from pixels to pictures.
/// </summary>
internal sealed class PicturePipeline(MLContext ml)
{
    public const string Pixels = "Pixels";
    public const string CleanPixels = "CleanPixels";

    private const string Clean = "Clean";

    public IDataView View(IEnumerable<string> paths) =>
        ml.Data.LoadFromEnumerable(paths.Select(path => new PictureRow { Path = path }));

    /// <summary>From paths to the numbers of their pictures, 0 to 1.</summary>
    public IEstimator<ITransformer> ToPixels(PictureFormat format)
    {
        IEstimator<ITransformer> images = ml.Transforms.LoadImages("Image", imageFolder: null, nameof(PictureRow.Path))
            .Append(ml.Transforms.ResizeImages("Image", format.Width, format.Height,
                resizing: ImageResizingEstimator.ResizingKind.IsoPad));
        return format.IsColor
            ? images.Append(ml.Transforms.ExtractPixels(Pixels, "Image", interleavePixelColors: format.IsInterleaved,
                scaleImage: 1 / 255f))
            : images.Append(ml.Transforms.ConvertToGrayscale("Image"))
                .Append(ml.Transforms.ExtractPixels(Pixels, "Image", ImagePixelExtractingEstimator.ColorBits.Green,
                    interleavePixelColors: format.IsInterleaved, scaleImage: 1 / 255f));
    }

    /// <summary>From numbers to pictures.</summary>
    /// <remarks><c>ConvertToImage</c> could scale by itself, but pictures that it scales are transparent; and it cuts
    /// numbers off where adding a half makes it round.</remarks>
    public IEstimator<ITransformer> ToImages(PictureFormat format)
    {
        IEstimator<ITransformer> bytes = ml.Transforms.Expression("Bytes", "pixel => 255 * pixel + 0.5", CleanPixels);
        return format.IsColor
            ? bytes.Append(ml.Transforms.ConvertToImage(format.Height, format.Width, Clean, "Bytes",
                interleavedColors: format.IsInterleaved))
            // Gray is red, green and blue alike.
            : bytes.Append(ml.Transforms.Concatenate("Bytes", "Bytes", "Bytes", "Bytes"))
                .Append(ml.Transforms.ConvertToImage(format.Height, format.Width, Clean, "Bytes"));
    }

    /// <summary>
    /// Runs a model that ends in pictures over files, and writes what it gives as PNG files of the same names.
    /// </summary>
    /// <returns>The paths of the new files.</returns>
    public string[] Run(ITransformer model, IReadOnlyList<string> paths, string folder)
    {
        Directory.CreateDirectory(folder);
        return [.. paths.Zip(model.Transform(View(paths)).GetColumn<MLImage>(Clean), (path, image) =>
        {
            using (image)
            {
                string target = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}.png");
                image.Save(target);
                return target;
            }
        })];
    }

    /// <summary>A row of the data view.</summary>
    private sealed class PictureRow
    {
        public string Path { get; set; } = "";
    }
}
