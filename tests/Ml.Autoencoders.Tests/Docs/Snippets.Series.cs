using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on series.</content>
public partial class Snippets
{
    [Test]
    public void Windows_are_cut_in_a_pipeline()
    {
        IDataView readings = ml.Data.LoadFromEnumerable(PumpReading.Make(70));

        var pipeline = ml.Transforms.NormalizeMeanVariance([new("Pressure"), new("Flow")])
            .Append(ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"], length: 60));
        IDataView windows = pipeline.Fit(readings).Transform(readings);    // Window: Vector<Single, 60, 2>

        Assert.That(windows.Schema["Window"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 60, 2)));
        Assert.That(ml.Data.FilterRowsByMissingValues(windows, "Window").GetColumn<float[]>("Window").Count(),
            Is.EqualTo(11));
    }

    [Test]
    public void Windows_of_pumps_come_from_a_pipeline_a_tracker_and_an_engine()
    {
        var pumps = ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"], new()
        {
            Length = 60,
            GroupColumnName = "Pump",                    // a text, a key or an integer
            TimeColumnName = "Time",                     // DateTime, DateTimeOffset, TimeSpan or a number
            MaxGap = TimeSpan.FromSeconds(5),            // MaxNumericGap where the time is a number
            MaxGroups = 100,
        });
        PumpReading[] live = PumpReading.Make(70);
        ITransformer model = pumps.Fit(ml.Data.LoadFromEnumerable(live));
        var printed = new StringWriter();
        Console.SetOut(printed);

        SlidingWindowTransformer stage = model.GetSlidingWindow();
        WindowTracker tracker = stage.CreateTracker();
        foreach (PumpReading reading in live)
        {
            if (tracker.Push([reading.Pressure, reading.Flow], group: reading.Pump, time: reading.Time) is { } window)
                Console.WriteLine($"{reading.Time:T} {reading.Pump} {window.Max()}");
        }
        tracker.Save("windows.bin");                                         // before the process ends
        WindowTracker restored = stage.RestoreTracker("windows.bin");        // the next row continues the windows

        Assert.That(printed.ToString().Split('\n'), Has.Length.EqualTo(12));
        Assert.That(restored.Push([1000, 0], "north", live[^1].Time.AddSeconds(1))!.Max(), Is.EqualTo(1000));

        using var engine = ml.Model.CreatePredictionEngine<PumpReading, Windowed>(model);
        foreach (PumpReading reading in live)
            Console.WriteLine(engine.Predict(reading).Window.Max());

        Assert.That(printed.ToString().Split('\n'), Has.Length.EqualTo(82));
    }

    [Test]
    public void A_detector_of_windows_of_pumps_holds_out_groups()
    {
        var pumps = ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"],
            new() { Length = 16, GroupColumnName = "Pump" });
        PumpReading[] readings = [.. PumpReading.Make(120), .. PumpReading.Make(60)];
        foreach (PumpReading reading in readings[120..])
            reading.Pump = "south";
        IDataView rows = ml.Data.LoadFromEnumerable(readings);

        var detector = pumps.Append(ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
        {
            CodeSize = 8,
            Network = Network.Temporal(filters: [32, 16], kernel: 7),
            Training = new() { ValidationFraction = 0.2f, EarlyStopping = new(patience: 5) },
        }));
        using var model = detector.Fit(rows);

        Assert.That(model.LastTransformer.History[^1].Validation!.Total, Is.Positive);

        var options = new AutoencoderAnomalyOptions
        {
            WindowScore = WindowScore.Maximum,
            FeatureErrorsColumnName = "Errors",                // Pressure[-59], Flow[-59], ..., Flow[0]
        };
        using var other = pumps.Append(ml.AnomalyDetection.Trainers.Autoencoder("Window",
            options with { Training = new() { Epochs = 1 } })).Fit(rows);

        Assert.That(other.Transform(rows).GetColumn<float>("Score"), Has.All.GreaterThanOrEqualTo(0));
        VBuffer<ReadOnlyMemory<char>> names = default;
        other.Transform(rows).Schema["Errors"].GetSlotNames(ref names);
        Assert.That(names.GetValues()[0].ToString(), Is.EqualTo("Pressure[-15]"));
    }

    [Test]
    public void The_setting_for_series_finds_a_flat_stretch()
    {
        var random = new Random(1);
        IDataView values = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(i => new SeriesValue
        {
            Value = i is >= 240 and < 270 ? 0 : (float)Math.Sin(2 * Math.PI * i / 25) + 0.1f * random.NextSingle(),
        }).ToArray());

        int lag = ml.Transforms.SlidingWindow("Window", ["Value"]).Fit(values).Length;
        var pipeline = ml.Transforms.SlidingWindow("Window", ["Value"], length: Math.Max(lag, 64))
            .Append(ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
            {
                CodeSize = 8,
                Corruption = Corruption.Masking(0.25f),
                Score = AnomalyScoreKind.ReconstructionError,
                WindowScore = WindowScore.Maximum,
            }));
        using var model = pipeline.Fit(values);
        IDataView scored = model.Transform(values);

        float[] scores = [.. scored.GetColumn<float>("Score")];
        Assert.That(lag, Is.EqualTo(25));
        Assert.That(scores, Has.None.NaN);
        // No window of 64 rows holds a row of the stretch and one of these.
        float elsewhere = Math.Max(scores[..177].Max(), scores[333..].Max());
        Assert.That(scores[240..270].Min(), Is.GreaterThan(2 * elsewhere));
    }

    private sealed class SeriesValue
    {
        public float Value { get; set; }
    }

    private sealed class PumpReading
    {
        public float Pressure { get; set; }

        public float Flow { get; set; }

        public string Pump { get; set; } = "north";

        public DateTime Time { get; set; }

        public static PumpReading[] Make(int count) => [.. Enumerable.Range(0, count).Select(i => new PumpReading
        {
            Pressure = 5 + (float)Math.Sin(i),
            Flow = 100 + (float)Math.Cos(i),
            Time = new DateTime(2026, 1, 1).AddSeconds(i),
        })];
    }

    private sealed class Windowed
    {
        public float[] Window { get; set; } = [];
    }
}
