using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Samples;
using Spectre.Console;

namespace Anomalies;

/// <summary>
/// A CSV file of kinds, sites and readings, with gaps: which machines are odd, and what is odd about them.
/// </summary>
internal sealed class MachineStation(Settings settings)
{
    private const string Reasons = nameof(ScoredMachine.Reasons);
    private const string Reconstruction = "Reconstruction";
    private const int Rows = 5000;
    private const double OddShare = 0.01;
    private const int Shown = 12;

    private readonly MLContext _ml = new(Settings.Seed);

    public void Run()
    {
        string file = Path.Combine(settings.OutputFolder, "machines.csv");
        MachineFile.Write(file, new MachinePark(Settings.Seed).Make(Rows, OddShare));
        IDataView machines = MachineFile.Read(_ml, file);
        Console.WriteLine($"\nMachines: {file}, {Rows:N0} rows, {Rows * OddShare:N0} of them odd.");

        using var model = Display.Training("autoencoder", progress =>
            _ml.AnomalyDetection.Trainers.Autoencoder(Machine.Columns, new()
            {
                MissingValues = MissingValueHandling.LeaveOut,
                ReasonsColumnName = Reasons,
                PValueColumnName = nameof(ScoredMachine.PValue),
                ReconstructionColumnName = Reconstruction,
                Training = settings.Chosen(progress.Epoch),
            }).Fit(machines));
        IDataView scored = model.Transform(machines);
        string[] columns = SlotNames.Of(scored.Schema[Reasons]);
        ScoredMachine[] ranked = [.. _ml.Data.CreateEnumerable<ScoredMachine>(scored, reuseRowObject: false)
            .OrderByDescending(machine => machine.Score)];

        Print(ranked[..Shown], columns, model);
        Count(ranked, columns);
        RankingPicture.Draw(ranked, columns, model.LastTransformer.Threshold, settings.OutputFolder);
        new MachineComparison(_ml, settings).Run(machines, _ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve);
    }

    /// <summary>In words: the column to blame, its value, and the value that the others lead to expect.</summary>
    private void Print(ScoredMachine[] machines, string[] columns,
        TransformerChain<AutoencoderAnomalyTransformer> model)
    {
        // What the network gives where the value is hidden from it.
        IDataView hidden = _ml.Data.LoadFromEnumerable(
            machines.Select(machine => machine.Without(columns[machine.Worst])).ToArray());
        IDataView filled = model.Transform(hidden);
        string[] slots = SlotNames.Of(filled.Schema[Reconstruction]);
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn("machine").AddColumn(new TableColumn("score").RightAligned())
            .AddColumn(new TableColumn("p").RightAligned()).AddColumn("reason").AddColumn("odd");
        foreach ((ScoredMachine machine, float[] expected) in machines.Zip(filled.GetColumn<float[]>(Reconstruction)))
        {
            string column = columns[machine.Worst];
            table.AddRow($"{Known(machine.Kind)}, {Known(machine.Site)}", $"{machine.Score:0.0}",
                $"{machine.PValue:0.0000}",
                $"{column} {Text(machine[column])}, expected {Expected(column, slots, expected)}",
                machine.Label == 1 ? machine.Odd : "nothing");
        }
        AnsiConsole.Write(table);
    }

    private static string Expected(string column, string[] slots, float[] values)
    {
        if (Array.IndexOf(slots, column) is >= 0 and int number)
            return Text(values[number]);
        int likeliest = Enumerable.Range(0, slots.Length)
            .Where(slot => slots[slot].StartsWith($"{column}.", StringComparison.Ordinal)).MaxBy(slot => values[slot]);
        return $"{slots[likeliest][(column.Length + 1)..]} ({values[likeliest]:0%})";
    }

    private static string Known(string category) => category == "" ? "?" : category;

    private static string Text(object value) => value switch
    {
        float large and >= 100 => $"{large:0}",
        float number => $"{number:G3}",
        _ => $"{value}",
    };

    private static void Count(ScoredMachine[] machines, string[] columns)
    {
        ScoredMachine[] odd = [.. machines.Where(machine => machine.Label == 1)];
        ScoredMachine[] called = [.. machines.Where(machine => machine.PredictedLabel)];
        Console.WriteLine(
            $"  called anomalies: {called.Length}, {called.Count(machine => machine.Label == 1)} of them odd");
        Console.WriteLine(
            $"  of {odd.Length} odd machines, the largest reason is that of the odd column in " +
            $"{odd.Count(machine => columns[machine.Worst] == machine.Odd)}");
    }
}
