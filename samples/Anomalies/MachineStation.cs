using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Ml.Autoencoders;
using Samples;
using Spectre.Console;

namespace Anomalies;

/// <summary>A table of kinds, numbers and missing values: which machines are odd, and what is odd about them.</summary>
internal sealed class MachineStation(Settings settings)
{
    private const string Features = "Features";
    private const string Errors = "Errors";
    private const int TrainingRows = 20_000;
    private const int TestRows = 1000;
    private const double OddShare = 0.05;
    private const int Shown = 8;

    private static readonly int[] Ranks = [2, 3, 4, 5, 6, 7, 8];

    private static readonly string[] Numbers =
        [nameof(Machine.Speed), nameof(Machine.Power), nameof(Machine.Temperature), nameof(Machine.Vibration),
            nameof(Machine.Pressure)];

    private static readonly string[] Flags = [.. Numbers.Select(Flag)];

    private readonly MLContext _ml = new(Settings.Seed);

    public void Run()
    {
        Machine[] machines = new MachinePark(Settings.Seed + 1).Make(TestRows, OddShare);
        IDataView training = _ml.Data.LoadFromEnumerable(new MachinePark(Settings.Seed)
            .Make(TrainingRows, oddShare: 0));
        IDataView test = _ml.Data.LoadFromEnumerable(machines);
        Console.WriteLine(
            $"\nMachines: {TrainingRows:N0} in order, to learn from; {TestRows:N0} others, " +
            $"{TestRows * OddShare:N0} of them odd.");

        double ofPca =
            Ranks.Max(rank => AreaOf(Prepare()
                .Append(_ml.AnomalyDetection.Trainers.RandomizedPca(Features, rank: rank, seed: Settings.Seed))
                .Fit(training).Transform(test)));
        using var detector = Display.Training("autoencoder",
            progress => Prepare().Append(_ml.AnomalyDetection.Trainers.Autoencoder(Features, new()
            {
                // Many normal rows, scaled already, whose readings depend on one another: here a long fit of the error
                // alone finds more than what is chosen where nothing is set.
                Scaling = InputScaling.None,
                Score = AnomalyScoreKind.ReconstructionError,
                CodeSize = 4,
                Network = Network.Dense([64, 32], Activation.Gelu),
                // Against noise the network learns not to follow a reading that is off, and the error stays where it
                // belongs.
                Corruption = Corruption.Gaussian(0.1f),
                Contamination = 0.02f,
                FeatureErrorsColumnName = Errors,
                Training = settings.Training(progress.Epoch),
            })).Fit(training));

        IDataView scored = detector.Transform(test);
        Console.WriteLine(
            $"  area under the ROC curve: autoencoder {AreaOf(scored):0.000}, RandomizedPca with the best rank " +
            $"{ofPca:0.000}");
        Explain(scored);
    }

    private double AreaOf(IDataView scored) => _ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve;

    /// <summary>
    /// ML.NET's own transforms: whether a reading is missing, the mean in its place, one scale for all,
    /// and the kind as indicators.
    /// </summary>
    private EstimatorChain<ColumnConcatenatingTransformer> Prepare() =>
        _ml.Transforms.IndicateMissingValues([.. Numbers.Select(name => new InputOutputColumnPair(Flag(name), name))])
            .Append(_ml.Transforms.Conversion.ConvertType([.. Flags.Select(name => new InputOutputColumnPair(name))]))
            .Append(_ml.Transforms.ReplaceMissingValues([.. Numbers.Select(name => new InputOutputColumnPair(name))],
                MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(_ml.Transforms.NormalizeMeanVariance([.. Numbers.Select(name => new InputOutputColumnPair(name))],
                fixZero: false))
            .Append(_ml.Transforms.Categorical.OneHotEncoding(nameof(Machine.Kind)))
            .Append(_ml.Transforms.Concatenate(Features, [.. Numbers, .. Flags, nameof(Machine.Kind)]));

    /// <summary>
    /// Names the reading with the largest error: in words for the machines with the highest scores, by its
    /// accuracy for all odd ones.
    /// </summary>
    private void Explain(IDataView scored)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema[Errors].GetSlotNames(ref names);
        string[] slots = [.. names.DenseValues().Select(name => name.ToString())];
        ScoredMachine[] machines = [.. _ml.Data.CreateEnumerable<ScoredMachine>(scored, reuseRowObject: false)];
        ScoredMachine[] odd = [.. machines.Where(machine => machine.Label == 1)];
        ScoredMachine[] called = [.. machines.Where(machine => machine.PredictedLabel)];
        Console.WriteLine(
            $"  called anomalies: {called.Length}, {called.Count(machine => machine.Label == 1)} of them odd");
        Console.WriteLine(
            $"  of {odd.Length} odd machines, the largest error is that of the odd reading in " +
            $"{odd.Count(machine => slots[machine.Worst] == machine.Odd)}");

        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn(new TableColumn("score").RightAligned()).AddColumn("largest error")
            .AddColumn(new TableColumn("share").RightAligned()).AddColumn("odd reading");
        foreach (ScoredMachine machine in machines.OrderByDescending(machine => machine.Score).Take(Shown))
        {
            table.AddRow($"{machine.Score:0.000}", slots[machine.Worst],
                $"{machine.Errors[machine.Worst] / machine.Errors.Sum():P0}",
                machine.Label == 1 ? machine.Odd : "none");
        }
        AnsiConsole.Write(table);
    }

    private static string Flag(string reading) => $"{reading} is missing";

    /// <summary>What a detector says of a machine, and what is so.</summary>
    private sealed class ScoredMachine
    {
        public float Label { get; set; }

        public string Odd { get; set; } = "";

        public float Score { get; set; }

        public bool PredictedLabel { get; set; }

        public float[] Errors { get; set; } = [];

        public int Worst => Array.IndexOf(Errors, Errors.Max());
    }
}
