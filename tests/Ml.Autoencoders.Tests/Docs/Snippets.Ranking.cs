using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>From a CSV file to rows with reasons: the first example of the page on anomalies.</content>
public partial class Snippets
{
    [Test]
    public void Rows_of_a_file_are_ranked_with_reasons()
    {
        File.WriteAllLines("machines.csv", ["Kind,Site,Speed,Power,Pressure", .. MachineLines()]);
        using var printed = new StringWriter();
        Console.SetOut(printed);

        IDataView machines = ml.Data.LoadFromTextFile<Machine>("machines.csv",
            new TextLoader.Options { Separators = [','], HasHeader = true, MissingRealsAsNaNs = true });
        var pipeline = ml.AnomalyDetection.Trainers.Autoencoder(["Kind", "Site", "Speed", "Power", "Pressure"], new()
        {
            MissingValues = MissingValueHandling.LeaveOut,
            PValueColumnName = "PValue",
            ReasonsColumnName = "Reasons",
        });
        using var model = pipeline.Fit(machines);
        IDataView scored = model.Transform(machines);
        VBuffer<ReadOnlyMemory<char>> columns = default;
        scored.Schema["Reasons"].GetSlotNames(ref columns);
        foreach (ScoredMachine machine in ml.Data.CreateEnumerable<ScoredMachine>(scored, reuseRowObject: false)
            .OrderByDescending(machine => machine.Score).Take(10))
        {
            int worst = Array.IndexOf(machine.Reasons, machine.Reasons.Max());
            Console.WriteLine($"{machine.Kind} at {machine.Site}, {machine.Speed} turns: score {machine.Score:0.0}, " +
                $"p {machine.PValue:0.0000}, because of {columns.GetItemOrDefault(worst)}");
        }

        string[] lines = printed.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines[..3], Has.Exactly(1).StartWith("fan at harbor").And.EndsWith("because of Site"));
        Assert.That(lines[..3], Has.Exactly(1).EndsWith("because of Pressure"));
    }

    [Test]
    public void Reasons_of_a_row_are_named()
    {
        File.WriteAllLines("machines.csv", ["Kind,Site,Speed,Power,Pressure", .. MachineLines()]);
        IDataView machines = ml.Data.LoadFromTextFile<Machine>("machines.csv",
            new TextLoader.Options { Separators = [','], HasHeader = true, MissingRealsAsNaNs = true });

        var features = ml.Transforms.FeaturizeTable("Features", "Kind", "Site", "Speed", "Power", "Pressure");
        var trainer = ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            Categories = Categories.Of("Kind", "Site"),    // what it would find by itself here
            MissingValues = MissingValueHandling.LeaveOut,
            ColumnErrorsColumnName = "Parts",
            CodePartColumnName = "Code part",
        });
        using var model = features.Append(trainer).Fit(machines);

        IDataView scored = model.Transform(machines);
        float[] sums = [.. scored.GetColumn<float[]>("Parts").Zip(scored.GetColumn<float>("Code part"),
            (parts, code) => parts.Sum() + code)];
        Assert.That(scored.GetColumn<float>("Score"), Is.EqualTo(sums).Within(0.01).Percent);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Parts"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => $"{name}"),
            Is.EqualTo(new[] { "Kind", "Site", "Speed", "Power", "Pressure" }));
    }

    /// <summary>Pumps at the harbor and fans at the mill, with gaps; two of them are not as the others.</summary>
    private static IEnumerable<string> MachineLines()
    {
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            bool isPump = i > 0 && random.Next(2) == 0;
            double speed = (isPump ? 1400 : 900) * (0.6 + 0.4 * random.NextDouble());
            double pressure = speed * speed / 1e6 * (i == 1 ? 3 : 1);
            string place = i == 0 || isPump ? "harbor" : "mill";
            string power = i % 15 == 2 ? "" : $"{speed / 100 + random.NextDouble():0.0}";
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{(isPump ? "pump" : "fan")},{(i % 25 == 3 ? "" : place)},{speed:0},{power},{pressure:0.000}");
        }
    }

    internal class Machine
    {
        [LoadColumn(0)] public string Kind { get; set; } = "";
        [LoadColumn(1)] public string Site { get; set; } = "";
        [LoadColumn(2)] public float Speed { get; set; }
        [LoadColumn(3)] public float Power { get; set; }
        [LoadColumn(4)] public float Pressure { get; set; }
    }

    internal sealed class ScoredMachine : Machine
    {
        public float Score { get; set; }
        public float PValue { get; set; }
        public float[] Reasons { get; set; } = [];
    }
}
