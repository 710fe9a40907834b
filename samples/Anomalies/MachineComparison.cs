using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Ml.Autoencoders;
using Samples;
using Spectre.Console;

namespace Anomalies;

/// <summary>
/// Other detectors of machines, fitted to the file, and to many machines that are known to be in order: ML.NET's own,
/// and an autoencoder with a larger network and a longer fit, whose score is the error alone.
/// </summary>
internal sealed class MachineComparison(MLContext ml, Settings settings)
{
    private const string Features = "Features";
    private const int TrainingRows = 20_000;
    private const int Updates = 5_000;

    private static readonly int[] Ranks = [2, 3, 4, 5, 6, 7, 8];

    private static readonly AutoencoderAnomalyOptions Default = new() { MissingValues = MissingValueHandling.LeaveOut };

    private static readonly string[] Flags = [.. Machine.Readings.Select(Flag)];

    public void Run(IDataView machines, double area)
    {
        IDataView normal = ml.Data.LoadFromEnumerable(
            new MachinePark(Settings.Seed + 1).Make(TrainingRows, oddShare: 0));
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn("area under the ROC curve")
            .AddColumn(new TableColumn("fitted to the file").RightAligned())
            .AddColumn(new TableColumn($"fitted to {TrainingRows:N0} in order").RightAligned());
        Display.Training("comparison", progress =>
        {
            AutoencoderAnomalyOptions usual = Default with { Training = settings.Chosen(progress.Epoch) };
            AutoencoderAnomalyOptions large = usual with
            {
                Network = Network.Dense([64, 32], Activation.Gelu),
                Score = AnomalyScoreKind.ReconstructionError,
                Training = settings.Chosen(progress.Epoch) with { Updates = settings.Epochs is null ? Updates : null },
            };
            table.AddRow("defaults", $"{area:0.000}", $"{AreaOf(usual, normal, machines):0.000}");
            Add("defaults, error alone", usual with { Score = AnomalyScoreKind.ReconstructionError });
            Add("larger, longer", large with { Score = AnomalyScoreKind.Both });
            Add("larger, longer, error alone", large);
            table.AddRow("RandomizedPca, best rank", $"{AreaOfPca(machines, machines):0.000}",
                $"{AreaOfPca(normal, machines):0.000}");
            return table;

            void Add(string name, AutoencoderAnomalyOptions options) => table.AddRow(name,
                $"{AreaOf(options, machines, machines):0.000}", $"{AreaOf(options, normal, machines):0.000}");
        });
        AnsiConsole.Write(table);
    }

    private double AreaOf(AutoencoderAnomalyOptions options, IDataView training, IDataView test)
    {
        using var model = ml.AnomalyDetection.Trainers.Autoencoder(Machine.Columns, options).Fit(training);
        return AreaOf(model.Transform(test));
    }

    private double AreaOf(IDataView scored) => ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve;

    private double AreaOfPca(IDataView training, IDataView test) =>
        Ranks.Max(rank => AreaOf(Prepare()
            .Append(ml.AnomalyDetection.Trainers.RandomizedPca(Features, rank: rank, seed: Settings.Seed))
            .Fit(training).Transform(test)));

    /// <summary>
    /// ML.NET's own transforms: whether a reading is missing, the mean in its place, one scale for all,
    /// and categories as indicators.
    /// </summary>
    private EstimatorChain<ColumnConcatenatingTransformer> Prepare() =>
        ml.Transforms.IndicateMissingValues(
                [.. Machine.Readings.Select(name => new InputOutputColumnPair(Flag(name), name))])
            .Append(ml.Transforms.Conversion.ConvertType([.. Flags.Select(name => new InputOutputColumnPair(name))]))
            .Append(ml.Transforms.ReplaceMissingValues(
                [.. Machine.Readings.Select(name => new InputOutputColumnPair(name))],
                MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.NormalizeMeanVariance(
                [.. Machine.Readings.Select(name => new InputOutputColumnPair(name))], fixZero: false))
            .Append(ml.Transforms.Categorical.OneHotEncoding(
                [new InputOutputColumnPair(nameof(Machine.Kind)), new InputOutputColumnPair(nameof(Machine.Site))]))
            .Append(ml.Transforms.Concatenate(Features, [.. Machine.Columns, .. Flags]));

    private static string Flag(string reading) => $"{reading} is missing";
}
