using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on alarms in series.</content>
public partial class Snippets
{
    [Test]
    public void Alarms_of_machines_come_from_a_file()
    {
        WritePumps("pumps.csv");
        var printed = new StringWriter();
        Console.SetOut(printed);

        IDataView readings = ml.Data.LoadFromTextFile<PumpRow>("pumps.csv",
            new TextLoader.Options { Separators = [','], HasHeader = true, MissingRealsAsNaNs = true });
        var pipeline = ml.Transforms.NormalizeMeanVariance([new("Pressure"), new("Flow")], fixZero: false)
            .Append(ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"], new()
            {
                Length = 20,                                 // without it, the fit takes the period of the first column
                GroupColumnName = "Pump",                    // no window mixes two pumps
                TimeColumnName = "Time",
                MaxGap = TimeSpan.FromSeconds(5),            // nor spans a time without rows
            }))
            .Append(ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
            {
                CodeSize = 10,
                Network = Network.Temporal(),
                WindowScore = WindowScore.Mean,
                Training = new() { Updates = 300, LearningRate = 2e-3f, Schedule = LearningRateSchedule.Cosine() },
            }));
        using var model = pipeline.Fit(readings);
        IDataView scored = model.Transform(readings);

        foreach (var pump in ml.Data.CreateEnumerable<ScoredPump>(scored, reuseRowObject: false)
            .GroupBy(row => row.Pump))
        {
            List<ScoredPump> alarm = [];
            foreach (ScoredPump? row in pump.Append(null))
            {
                if (row is { PredictedLabel: true })
                {
                    alarm.Add(row);
                }
                else if (alarm.Count > 0)
                {
                    ScoredPump highest = alarm.MaxBy(each => each.Score)!;
                    Console.WriteLine(
                        $"{pump.Key}: {alarm[0].Time:s} to {alarm[^1].Time:s}, highest at {highest.Time:s}");
                    alarm.Clear();
                }
            }
        }

        // Rows 400 to 405 are those that do not fit.
        ScoredPump worst = ml.Data.CreateEnumerable<ScoredPump>(scored, reuseRowObject: false)
            .Where(row => float.IsFinite(row.Score)).MaxBy(row => row.Score)!;
        Assert.That(worst.Pump, Is.EqualTo("south"));
        Assert.That(worst.Time, Is.EqualTo(new DateTime(2026, 1, 1, 0, 6, 42)).Within(TimeSpan.FromSeconds(6)));
        Assert.That(printed.ToString(), Does.Contain("south: 2026-01-01T00:06:"));
    }

    [Test]
    public void A_detector_learns_from_the_windows_that_another_finds_usual()
    {
        WritePumps("pumps.csv");
        IDataView readings = ml.Data.LoadFromTextFile<PumpRow>("pumps.csv",
            new TextLoader.Options { Separators = [','], HasHeader = true });
        IDataView windows = ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"], length: 20,
            groupColumnName: "Pump").Fit(readings).Transform(readings);
        const float unusual = 0.1f;
        using AutoencoderAnomalyTransformer first = ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
        {
            CodeSize = 2,
            Network = Network.Dense(8),
            Score = AnomalyScoreKind.Both,
            TrimmedShare = unusual,
            Training = new() { Epochs = 1 },
        }).Fit(windows);

        IDataView marked = first.Transform(windows);
        float[] scores = [.. marked.GetColumn<float>("Score").Where(float.IsFinite).Order()];
        int count = (int)(scores.Length - unusual * scores.Length);
        float bound = MathF.BitIncrement(scores[Math.Max(1, count) - 1]);    // itself left out
        IDataView usual = ml.Data.FilterRowsByColumn(marked, "Score", upperBound: bound);

        // Up to the bound; rows without a window are left out with those above it.
        Assert.That(usual.GetColumn<float>("Score").Count(), Is.EqualTo(1045).Within(2));
    }

    internal class PumpRow
    {
        [LoadColumn(0)] public DateTime Time { get; set; }
        [LoadColumn(1)] public string Pump { get; set; } = "";
        [LoadColumn(2)] public float Pressure { get; set; }
        [LoadColumn(3)] public float Flow { get; set; }
    }

    internal sealed class ScoredPump : PumpRow
    {
        public float Score { get; set; }
        public bool PredictedLabel { get; set; }
    }

    /// <summary>Two pumps of 600 rows each, whose pressure and flow swing with a period of 20 rows; for six rows the
    /// flow of one does not follow.</summary>
    private static void WritePumps(string path)
    {
        var random = new Random(1);
        File.WriteAllLines(path, ["Time,Pump,Pressure,Flow", .. Enumerable.Range(0, 1200).Select(i =>
        {
            (int row, int pump) = Math.DivRem(i, 2);
            double angle = 2 * Math.PI * row / 20;
            double fault = pump == 1 && row is >= 400 and < 406 ? 3 : 0;
            return string.Create(CultureInfo.InvariantCulture,
                $"{new DateTime(2026, 1, 1).AddSeconds(row):yyyy-MM-dd HH:mm:ss},{(pump == 0 ? "north" : "south")}," +
                $"{5 + Math.Sin(angle) + 0.1 * random.NextDouble():0.000}," +
                $"{100 + 3 * Math.Cos(angle) + fault + 0.2 * random.NextDouble():0.000}");
        })]);
    }
}
