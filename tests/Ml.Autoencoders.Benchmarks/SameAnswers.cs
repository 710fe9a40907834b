using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Whether a row gives the same bits again and again, on one thread and on two, in views of any size, alone, and of
/// a loaded model. Fails where that does not hold.
/// </summary>
internal static class SameAnswers
{
    private const int Width = 192;
    private const int Rows = 1000;
    private const int Repetitions = 20;
    private const int Samples = 10;

    private static readonly int[] Threads = [1, 2];

    public static int Run()
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            float phase = 6 * random.NextSingle();
            return new Row
            {
                Pixels = [.. Enumerable.Range(0, Width)
                    .Select(i => 0.5f + 0.3f * MathF.Sin(phase + 0.1f * i) + 0.1f * random.NextSingle())],
            };
        })];
        Network dense = Network.Dense([40], Activation.Silu);
        Network convolutional = Network.Convolutional(8, 8, 3, [8, 20]);
        bool holds = true;
        Console.WriteLine(
            "rows that differ from those of the first view, of 1,000; in brackets by how much, as a share of the " +
            "greatest number of the column");
        Console.WriteLine($"{"model",-28}{"again",8}{"loaded",8}{"parts",8}{"log-lik.",10}{"sample",8}  alone");
        holds &= Report("plain, dense", Fit(catalog =>
            catalog.Plain("Code", "Pixels", Plain(dense))));
        holds &= Report("variational, dense",
            Fit(catalog => catalog.Variational("Code", "Pixels", Variational(dense))));
        holds &= Report("importance-weighted, dense",
            Fit(catalog => catalog.ImportanceWeighted("Code", "Pixels", ImportanceWeighted(dense))));
        holds &= Report("vector-quantized, dense",
            Fit(catalog => catalog.VectorQuantized("Code", "Pixels", VectorQuantized(dense))));
        holds &= Report("plain, convolutional", Fit(catalog =>
            catalog.Plain("Code", "Pixels", Plain(convolutional))));
        holds &= Report("variational, convolutional",
            Fit(catalog => catalog.Variational("Code", "Pixels", Variational(convolutional))));
        holds &= Report("plain, recurrent", Fit(catalog =>
            catalog.Plain("Code", "Pixels", Plain(Network.Recurrent([20, 12], bidirectional: true)))));
        holds &= Report("plain, feeding back", Fit(catalog =>
            catalog.Plain("Code", "Pixels", Plain(Network.Recurrent([20], RecurrentCell.Gru, feedsBack: true)))));
        IDataView training = ml.Data.LoadFromEnumerable(rows.Take(200));
        holds &= Report("detector, dense", Detector(ml, dense).Fit(training));
        holds &= Report("detector of both, dense", DetectorOfBoth(ml, dense).Fit(training));
        holds &= Report("variational detector, dense", VariationalDetector(ml, dense).Fit(training));
        return holds ? 0 : 1;

        AutoencoderTransformer Fit(Func<AutoencoderCatalog, AutoencoderEstimator> make) =>
            make(ml.Transforms.Autoencoders).Fit(ml.Data.LoadFromEnumerable(rows.Take(200)));

        bool Report(string name, ITransformer model)
        {
            using ((IDisposable)model)
                return Measure(ml, rows, name, model);
        }
    }

    private static TrainingOptions Training() => new() { Epochs = 3, BatchSize = 32, Seed = 7 };

    private static PlainOptions Plain(Network network) => new()
    {
        CodeSize = 5,
        Network = network,
        Sequence = network.TakesSequences ? new SequenceFormat(Width / 8, 8) : null,
        ReconstructionColumnName = "Clean",
        ErrorColumnName = "Error",
        Training = Training(),
    };

    private static VariationalOptions Variational(Network network) => new()
    {
        CodeSize = 5,
        Network = network,
        ReconstructionColumnName = "Clean",
        ErrorColumnName = "Error",
        LogVarianceColumnName = "Spread",
        SampleColumnName = "Draw",
        EvidenceLowerBoundColumnName = "Bound",
        Training = Training(),
    };

    private static ImportanceWeightedOptions ImportanceWeighted(Network network) => new()
    {
        CodeSize = 5,
        Network = network,
        ReconstructionColumnName = "Clean",
        SampleColumnName = "Draw",
        EvidenceLowerBoundColumnName = "Bound",
        Training = Training(),
    };

    private static VectorQuantizedOptions VectorQuantized(Network network) => new()
    {
        CodeSize = 6,
        CodebookSize = 16,
        VectorSize = 2,
        Network = network,
        ReconstructionColumnName = "Clean",
        ErrorColumnName = "Error",
        Training = Training(),
    };

    private static AutoencoderAnomalyEstimator Detector(MLContext ml, Network network) =>
        ml.AnomalyDetection.Trainers.Autoencoder("Pixels",
            new() { CodeSize = 5, Network = network, Training = Training() });

    private static AutoencoderAnomalyEstimator DetectorOfBoth(MLContext ml, Network network) =>
        ml.AnomalyDetection.Trainers.Autoencoder("Pixels", new()
        {
            CodeSize = 5,
            Network = network,
            Score = AnomalyScoreKind.Both,
            Training = Training(),
        });

    private static AutoencoderAnomalyEstimator VariationalDetector(MLContext ml, Network network) =>
        ml.AnomalyDetection.Trainers.VariationalAutoencoder("Pixels",
            new() { CodeSize = 5, Network = network, Training = Training() });

    private static bool Measure(MLContext ml, Row[] rows, string name, ITransformer stage)
    {
        var model = stage as AutoencoderTransformer;
        IDataView view = ml.Data.LoadFromEnumerable(rows);
        float[][][] expected = Read(ml, stage.Transform(view));
        bool draws = model?.Prior is not null && name.StartsWith("variational", StringComparison.Ordinal);
        float[][] likelihoods = draws ? Likelihoods(model!, view) : [];
        float[][] sampled = model?.Prior is null ? [] : model.Sample(Rows, seed: 5);
        (int again, int likely, int sample, int alone) = (0, 0, 0, 0);
        double off = 0;
        foreach (int threads in Threads)
        {
            using ThreadLimit? limit = ThreadLimit.Set(threads);
            for (int i = 0; i < Repetitions; i++)
            {
                again += Differ(Read(ml, stage.Transform(view)), expected);
                likely += draws ? Differ(Likelihoods(model!, view), likelihoods) : 0;
                sample += sampled.Length > 0 ? Differ(model!.Sample(1 + i, seed: 5), sampled[..(1 + i)]) : 0;
            }
            using PredictionEngine<Row, Said> engine = ml.Model.CreatePredictionEngine<Row, Said>(stage,
                new PredictionEngineOptions { IgnoreMissingColumns = true, OwnsTransformer = false });
            float[][][] single = [.. rows.Select(row => engine.Predict(row).Columns)];
            alone += Differ(single, expected);
            off = Math.Max(off, Enumerable.Range(0, expected[0].Length).Max(column =>
                Off([.. single.Select(row => row[column])], [.. expected.Select(row => row[column])])));
        }
        using var stream = new MemoryStream();
        ml.Model.Save(stage, view.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        using var disposed = (IDisposable)loaded;
        int ofLoaded = Differ(Read(ml, loaded.Transform(view)), expected);
        int parts = new[] { 2, 7, 130 }
            .Sum(count => Differ(Read(ml, stage.Transform(ml.Data.SkipRows(view, Rows - count))), expected[^count..]));
        bool holds = again + ofLoaded + parts + likely + sample + alone == 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-28}{again,8}{ofLoaded,8}{parts,8}{likely,10}{sample,8}  {alone} " +
            $"({off:0.0e-0}){(holds ? "" : "  MISSED")}"));
        return holds;
    }

    private static float[][] Likelihoods(AutoencoderTransformer model, IDataView view) =>
        [.. model.LogLikelihood(view, Samples, seed: 3).Select(number => new[] { number })];

    private static float[][][] Read(MLContext ml, IDataView scored) =>
        [.. ml.Data.CreateEnumerable<Said>(scored, reuseRowObject: false, ignoreMissingColumns: true)
            .Select(said => said.Columns)];

    /// <summary>How far the numbers of a column are off, as a share of the greatest.</summary>
    private static double Off(float[][] found, float[][] expected)
    {
        double greatest = expected.Max(row => row.Length == 0 ? 0 : row.Max(number => Math.Abs((double)number)));
        double off = found.Zip(expected)
            .Max(pair => pair.First.Zip(pair.Second, (one, other) => Math.Abs((double)one - other))
                .DefaultIfEmpty().Max());
        return off == 0 ? 0 : off / greatest;
    }

    private static int Differ(float[][][] found, float[][][] expected) =>
        Differ([.. found.Select(row => row.SelectMany(column => column).ToArray())],
            [.. expected.Select(row => row.SelectMany(column => column).ToArray())]);

    private static int Differ(float[][] found, float[][] expected) =>
        found.Zip(expected)
            .Count(pair => !pair.First.Select(BitConverter.SingleToInt32Bits)
                .SequenceEqual(pair.Second.Select(BitConverter.SingleToInt32Bits)));

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Pixels { get; set; } = [];
    }

    /// <summary>Whatever a stage says of a row.</summary>
    private sealed class Said
    {
        public float[] Code { get; set; } = [];

        public float[] Clean { get; set; } = [];

        public float Error { get; set; }

        public float[] Spread { get; set; } = [];

        public float[] Draw { get; set; } = [];

        public float Bound { get; set; }

        public float Score { get; set; }

        /// <summary>Columns that a stage does not write are empty or 0.</summary>
        [NoColumn]
        public float[][] Columns => [Code, Clean, [Error], Spread, Draw, [Bound], [Score]];
    }
}
