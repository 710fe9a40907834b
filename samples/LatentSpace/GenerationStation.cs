using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Plots;
using Samples;

namespace LatentSpace;

/// <summary>New digits: from the prior, between two digits, and along single dimensions of the code.</summary>
internal sealed class GenerationStation(MLContext ml, Digits digits, Settings settings, Pictures pictures)
{
    private const int CodeSize = 16;
    private const int Columns = 12;

    public void Run()
    {
        using AutoencoderTransformer model =
            Display.Training($"variational autoencoder, code of {CodeSize}", progress =>
            ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
            {
                CodeSize = CodeSize,
                Network = Settings.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                LogVarianceColumnName = "LogVariance",
                Training = settings.Training(progress.Epoch),
            }).Fit(digits.Training));

        ImageGrid samples = pictures.Grid("Digits that nobody wrote: drawn from the prior", gap: 0);
        foreach (float[][] row in model.Sample(8 * Columns, seed: 1).Chunk(Columns))
            samples.AddRow(row);
        pictures.Save(samples, "samples.png");

        float[][] ends = model.Encode([.. digits.OneOfEach.Select(digit => digit.Pixels)]);
        ImageGrid ways = pictures.Grid("From digit to digit, in a straight line and on the sphere");
        foreach ((int from, int to) in new[] { (0, 6), (1, 7), (2, 3), (4, 9), (5, 8) })
        {
            ways.AddRow(model.Interpolate(ends[from], ends[to], Columns), $"{from} to {to}");
            ways.AddRow(model.Interpolate(ends[from], ends[to], Columns, Interpolation.Spherical), "spherical");
        }
        pictures.Save(ways, "interpolations.png");

        ImageGrid traversals = pictures.Grid("One dimension of a code moves from -3 to 3, the others stay");
        float[][][] moved = model.Traverse(ends[3], Columns);
        foreach (int dimension in MaxUsed(model))
            traversals.AddRow(moved[dimension], $"z{dimension}");
        pictures.Save(traversals, "traversals.png");
    }

    /// <summary>The dimensions that tell most of the digits: those whose σ is smallest beside the prior's 1.</summary>
    private IEnumerable<int> MaxUsed(AutoencoderTransformer model)
    {
        float[][] logVariances = [.. model.Transform(digits.Test).GetColumn<float[]>("LogVariance")];
        return Enumerable.Range(0, CodeSize).OrderBy(dimension => logVariances.Average(row => row[dimension])).Take(8);
    }
}
