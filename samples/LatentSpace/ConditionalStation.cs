using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Plots;
using Samples;
using Samples.Data;

namespace LatentSpace;

/// <summary>Digits by label, and whether a classifier of real digits reads them as what was asked for.</summary>
internal sealed class ConditionalStation(MLContext ml, Digits digits, Settings settings, Pictures pictures)
{
    private const int SamplesOfEach = 100;
    private const int Columns = 12;

    public void Run()
    {
        using AutoencoderTransformer model =
            Display.Training("conditional variational autoencoder, code of 4", progress =>
            ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
            {
                CodeSize = 4,
                Network = Settings.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                ConditionColumnName = "Digit",
                Training = settings.Training(progress.Epoch),
            }).Fit(digits.Training));

        // The same twelve codes in every row: what differs down a column is the label alone.
        ImageGrid grid = pictures.Grid("Digits by label, one code a column");
        foreach (string digit in model.Conditions)
            grid.AddRow(model.Sample(Columns, seed: 1, condition: digit), digit);
        pictures.Save(grid, "conditional.png");

        ITransformer reader = Display.Training("classifier of real digits", _ =>
            ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Digit", "Pixels").Fit(digits.Training));
        Digit[] drawn = [.. model.Conditions.SelectMany(digit =>
            model.Sample(SamplesOfEach, seed: 2, condition: digit)
                .Select(pixels => new Digit { Pixels = pixels, Number = uint.Parse(digit) }))];
        Console.WriteLine(
            $"    classified correctly: {Accuracy(reader, digits.Test):0.000} of real test digits, " +
            $"{Accuracy(reader, digits.View(drawn)):0.000} of {drawn.Length:N0} drawn ones");
    }

    private double Accuracy(ITransformer reader, IDataView rows) =>
        ml.MulticlassClassification.Evaluate(reader.Transform(rows), "Digit").MicroAccuracy;
}
