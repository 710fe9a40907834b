using Microsoft.ML;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks.Series.Speed;

/// <summary>
/// Networks over sequences: a fit with reading the data view, against a loop written by hand over a ready tensor, and
/// Transform against batches through the same modules.
/// </summary>
internal static class SeriesSpeed
{
    private const int Windows = 50_000;
    private const int ShortWindows = 10_000;
    private const int FitRounds = 5;
    private const int TransformRounds = 9;
    private const int ShortRounds = 3;
    private const double TransformBound = 0.85;

    /// <summary>The modules compute what the stage does, to rounding.</summary>
    private const double Tolerance = 1e-4;

    /// <param name="isShort">Fewer windows and rounds.</param>
    /// <param name="name">What the networks' names begin with.</param>
    /// <returns>1 where a bound is missed, or the networks are not the same.</returns>
    public static int Run(bool isShort, string name = "")
    {
        SequenceRow[] rows = SequenceRow.Draw(isShort ? ShortWindows : Windows);
        using Tensor table = tensor(rows.SelectMany(row => row.Window).ToArray(),
            [rows.Length, SequenceRow.Steps, SequenceRow.Channels]);
        Console.WriteLine($"{rows.Length:N0} windows of {SequenceRow.Steps} x {SequenceRow.Channels}, codes of " +
            $"{SequenceContest.CodeSize}, batches of {PlainLoop.BatchRows}; the view is over objects in memory\n");
        bool holds = true;
        foreach (SequenceContest contest in SequenceContest.All
            .Where(contest => contest.Name.StartsWith(name, StringComparison.Ordinal)))
            holds &= Run(contest, rows, table, isShort);
        return holds ? 0 : 1;
    }

    private static bool Run(SequenceContest contest, SequenceRow[] rows, Tensor table, bool isShort)
    {
        var ml = new MLContext(1);
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        AutoencoderEstimator estimator = ml.Transforms.Autoencoders.Plain("Code", "Window", new()
        {
            CodeSize = SequenceContest.CodeSize,
            Network = contest.Network,
            ReconstructionColumnName = "Reconstruction",
            Training = new() { Epochs = contest.Epochs, BatchSize = PlainLoop.BatchRows },
        });
        using SequenceModule modules = contest.ByHand();

        Console.WriteLine($"{contest.Name}, epochs: {contest.Epochs}");
        var fits = new Race();
        fits.Add("TorchSharp, a loop over a ready tensor", rows.Length, () =>
            PlainLoop.Fit(modules, batch => nn.functional.mse_loss(modules.forward(batch), batch), table,
                contest.Epochs));
        fits.Add("Fit, with reading the data view", rows.Length, () => estimator.Fit(view).Dispose());
        double[] rates = fits.Run(isShort ? ShortRounds : FitRounds);
        bool holds = Gate("time of Fit to that of the loop", rates[0] / rates[1], contest.FitBound, isMost: true);

        using AutoencoderTransformer stage = estimator.Fit(view);
        modules.eval();
        holds &= Gate("largest difference of reconstructions", Difference(stage, modules, rows, table), Tolerance,
            isMost: true);
        holds &= Transform(stage.Transform(view), "Code", modules.Encode, table, isShort);
        holds &= Transform(stage.Transform(view), "Reconstruction", modules.forward, table, isShort);
        Console.WriteLine();
        return holds;
    }

    private static bool Transform(IDataView view, string column, Func<Tensor, Tensor> modules, Tensor table,
        bool isShort)
    {
        var race = new Race();
        var count = (int)table.shape[0];
        race.Add($"TorchSharp, batches of a ready tensor, {column}", count, () => InBatches(modules, table));
        race.Add($"Transform, the column {column} read through the data view", count, () => Codes.Read(view, column));
        double[] rates = race.Run(isShort ? ShortRounds : TransformRounds);
        return Gate("rate of Transform to that of batches", rates[1] / rates[0], TransformBound, isMost: false);
    }

    private static void InBatches(Func<Tensor, Tensor> modules, Tensor table)
    {
        using var withoutGradients = no_grad();
        for (long start = 0; start < table.shape[0]; start += PlainLoop.BatchRows)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor batch = table.narrow(0, start, Math.Min(PlainLoop.BatchRows, table.shape[0] - start));
            _ = modules(batch).data<float>().ToArray();
        }
    }

    /// <summary>With the stage's weights, of the first batch: whether both are the same network.</summary>
    private static double Difference(AutoencoderTransformer stage, SequenceModule modules, SequenceRow[] rows,
        Tensor table)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!modules.Take(stage.Model.Weights.Trained))
            return double.PositiveInfinity;
        // Torch's LSTM is wrong for some sizes without gradients.
        float[] theirs = modules.forward(table.narrow(0, 0, PlainLoop.BatchRows)).detach().contiguous().data<float>()
            .ToArray();
        float[] ours = [.. stage.Reconstruct([.. rows.Take(PlainLoop.BatchRows).Select(row => row.Window)])
            .SelectMany(row => row)];
        return theirs.Zip(ours).Max(pair => Math.Abs(pair.First - pair.Second));
    }

    private static bool Gate(string what, double figure, double? bound, bool isMost)
    {
        bool holds = bound is null || (isMost ? figure <= bound : figure >= bound);
        Console.WriteLine($"{what,-56} {figure,12:G3}" + (bound is null ? ""
            : $"   {(isMost ? "at most" : "at least")} {bound}: {(holds ? "holds" : "MISSED")}"));
        return holds;
    }
}
