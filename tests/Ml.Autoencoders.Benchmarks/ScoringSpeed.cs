using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Encoding rows of 784 numbers to codes of 32 by this library's two ways, against plain TorchSharp one row at a time
/// and in batches of a ready tensor. Fails where one of the <see cref="ScoringGates"/> is missed.
/// </summary>
internal static class ScoringSpeed
{
    private const int Width = 784;
    private const int CodeSize = 32;
    private const int Rows = 60_000;
    private const int Rounds = 9;

    private static readonly int[] BatchRows = [128, 512, 2048];

    public static int Run()
    {
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, Rows)
            .Select(_ => new Row { Pixels = [.. Enumerable.Range(0, Width).Select(_ => random.NextSingle())] })];
        using Sequential dense = nn.Sequential(nn.Linear(Width, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(),
            nn.Linear(64, CodeSize));
        bool holds = Measure("Dense, 784-128-64-32", Network.Dense(128, 64), dense, rows, singleRows: 2000,
            new ScoringGates(OfBatches: 0.9, OfSingleRows: 10, Latency: 0.5));
        using Sequential convolutional = nn.Sequential(nn.Unflatten(1, [1, 28, 28]),
            nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(),
            nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 7 * 7, CodeSize));
        holds &= Measure("Convolutional, 28 x 28, filters 16 and 32, code 32",
            Network.Convolutional(28, 28, 1, [16, 32]), convolutional, rows, singleRows: 500,
            new ScoringGates(OfBatches: 0.85, OfSingleRows: null, Latency: 1.3));
        return holds ? 0 : 1;
    }

    private static bool Measure(string name, Network network, Sequential encoder, Row[] rows, int singleRows,
        ScoringGates gates)
    {
        var ml = new MLContext(1);
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = CodeSize,
            Network = network,
            Training = new() { Epochs = 1 },
        }).Fit(ml.Data.TakeRows(view, 1000));
        using PredictionEngine<Row, Coded> engine = ml.Model.CreatePredictionEngine<Row, Coded>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        encoder.eval();
        using Tensor table = rand(Rows, Width);

        Console.WriteLine($"{name}; the view is over {Rows:N0} row objects in memory");
        var race = new Race();
        race.Add("TorchSharp, one row at a time", singleRows, () => OneByOne(encoder, rows, singleRows));
        race.Add("PredictionEngine, one row at a time", singleRows, () =>
        {
            for (int i = 0; i < singleRows; i++)
                engine.Predict(rows[i]);
        });
        race.Add("Transform, the code read through the data view", Rows, () => Codes.Read(model.Transform(view)));
        foreach (int batchRows in BatchRows)
            race.Add($"TorchSharp, batches of {batchRows} of a ready tensor", Rows,
                () => InBatches(encoder, table, batchRows));
        double[] rates = race.Run(Rounds);
        bool holds = gates.Check(rates,
            LatencyRatio(i => OneRow(encoder, rows[i]), i => engine.Predict(rows[i]), singleRows));
        Console.WriteLine();
        return holds;
    }

    private static void OneByOne(Sequential encoder, Row[] rows, int count)
    {
        for (int i = 0; i < count; i++)
            OneRow(encoder, rows[i]);
    }

    private static void OneRow(Sequential encoder, Row row)
    {
        using var inference = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        _ = encoder.forward(tensor(row.Pixels, [1, Width])).data<float>().ToArray();
    }

    /// <summary>
    /// The median time of a single prediction, to that of a single forward pass; the two take turns, row by row.
    /// </summary>
    private static double LatencyRatio(Action<int> forward, Action<int> predict, int count)
    {
        var forwards = new List<double>();
        var predictions = new List<double>();
        for (int i = 0; i < count; i++)
        {
            forwards.Add(Time(forward, i));
            predictions.Add(Time(predict, i));
        }
        Console.WriteLine(
            $"median latency: forward pass {Race.Median(forwards):N1} us, PredictionEngine " +
            $"{Race.Median(predictions):N1} us");
        return Race.Median(predictions) / Race.Median(forwards);
    }

    private static double Time(Action<int> action, int row)
    {
        long start = Stopwatch.GetTimestamp();
        action(row);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static void InBatches(Sequential encoder, Tensor table, int batchRows)
    {
        for (int start = 0; start < Rows; start += batchRows)
        {
            using var inference = inference_mode();
            using DisposeScope scope = NewDisposeScope();
            _ = encoder.forward(table.narrow(0, start, Math.Min(batchRows, Rows - start))).data<float>().ToArray();
        }
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Pixels { get; set; } = [];
    }

    private sealed class Coded
    {
        public float[] Code { get; set; } = [];
    }
}
