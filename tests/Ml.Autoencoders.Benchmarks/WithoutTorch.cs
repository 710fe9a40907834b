using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Models of pictures computed in managed code, and by torch: codes, hidden activations and reconstructions, rows per
/// second on one thread, and the time from the start of a process to its first prediction. Fails where a bound is
/// missed.
/// </summary>
internal static class WithoutTorch
{
    private const int Side = 28;
    private const int Width = Side * Side;
    private const int CodeSize = 32;
    private const int BatchRows = 128;
    private const int Rows = 10 * BatchRows;
    private const int Rounds = 9;
    private const int Starts = 5;

    /// <summary>The most that numbers may be off by, as a share of the largest.</summary>
    private const double MaxDifference = 1e-5;

    /// <summary>The least rows per second, to torch's.</summary>
    private const double MinRate = 0.5;

    /// <summary>The least rows per second for hidden activations, to those for codes.</summary>
    private const double MinHiddenRate = 0.5;

    public static int Run()
    {
        var ml = new MLContext(1);
        IDataView view = ml.Data.LoadFromEnumerable(Make(512));
        using ThreadLimit? one = ThreadLimit.Set(1);
        bool holds = Measure(ml, "DenoisingOptions.ImageFeatures, 28 x 28",
            ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
                DenoisingOptions.ImageFeatures(new ImageFormat(Side, Side), CodeSize, epochs: 1)).Fit(view));
        holds &= Measure(ml, "Network.Convolutional, 28 x 28, filters 16 and 32",
            ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = CodeSize,
                Network = Network.Convolutional(Side, Side, 1, [16, 32]),
                Training = new() { Epochs = 1 },
            }).Fit(view));
        holds &= Measure(ml, "Vector-quantized, convolutions with filters 16 and 32, 64 vectors of 4",
            ml.Transforms.Autoencoders.VectorQuantized("Code", "Pixels", new()
            {
                CodeSize = CodeSize,
                CodebookSize = 64,
                VectorSize = 4,
                Network = Network.Convolutional(Side, Side, 1, [16, 32]),
                Training = new() { Epochs = 1 },
            }).Fit(view));
        holds &= Measure(ml, "Network.Dense(512, 256)",
            ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = CodeSize,
                Network = Network.Dense(512, 256),
                Training = new() { Epochs = 1 },
            }).Fit(view));
        return holds ? 0 : 1;
    }

    /// <summary>A saved model's first prediction, in a process for that alone. Prints the milliseconds since its
    /// start.</summary>
    public static int RunChild(string file, string way)
    {
        Row row = Make(1)[0];
        ITransformer loaded = new MLContext().Model.Load(file, out _);
        AutoencoderTransformer stage = loaded.GetAutoencoder("Code");
        float[] code = way == "torch"
            ? OfTorch(stage.Model, row.Pixels, scores => scores.Code) : stage.Encode(row.Pixels);
        TimeSpan elapsed = DateTime.Now - Process.GetCurrentProcess().StartTime;
        Console.WriteLine(elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return code.Length == CodeSize ? 0 : 1;
    }

    /// <summary>Saves the preset's model of rows of 12 numbers, 3 x 4 pixels, which the loader of the tests
    /// scores.</summary>
    public static int Save(string file)
    {
        var ml = new MLContext(1);
        IDataView view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 64).Select(number => new SmallRow
        {
            Features = [.. Enumerable.Range(0, 12).Select(slot => (number * 37 + slot * 11) % 100 / 100f)],
        }));
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Denoising("Code", "Features",
            DenoisingOptions.ImageFeatures(new ImageFormat(3, 4), codeSize: 4, epochs: 2)).Fit(view);
        ml.Model.Save(model, view.Schema, file);
        return 0;
    }

    private static bool Measure(MLContext ml, string name, AutoencoderTransformer transformer)
    {
        using AutoencoderTransformer stage = transformer;
        AutoencoderModel model = stage.Model;
        float[] rows = [.. Make(Rows).SelectMany(row => row.Pixels)];
        (float[] code, float[] clean) found = (new float[Rows * CodeSize], new float[Rows * Width]);
        var hidden = new float[Rows * stage.HiddenSize];
        void Managed(ManagedOutput output, float[] values) =>
            model.Managed.Score(new BlockRows(rows, Width), Rows, [], [new ManagedTarget(output, values)]);
        (float[] Code, float[] Clean) expected = (
            [.. OfTorchInBatches(model, rows, scores => scores.Code)],
            [.. OfTorchInBatches(model, rows, scores => scores.Reconstruction)]);
        Managed(ManagedOutput.Code, found.code);
        Managed(ManagedOutput.Reconstruction, found.clean);
        Managed(ManagedOutput.Hidden, hidden);

        Console.WriteLine(name);
        var race = new Race();
        race.Add("torch, codes of batches of 128", Rows, () => OfTorchInBatches(model, rows, scores => scores.Code));
        race.Add("managed code, codes", Rows, () => Managed(ManagedOutput.Code, found.code));
        race.Add("torch, reconstructions of batches of 128", Rows,
            () => OfTorchInBatches(model, rows, scores => scores.Reconstruction));
        race.Add("managed code, reconstructions", Rows, () => Managed(ManagedOutput.Reconstruction, found.clean));
        race.Add("torch, hidden activations of batches of 128", Rows,
            () => OfTorchInBatches(model, rows, scores => scores.Hidden));
        race.Add("managed code, hidden activations", Rows, () => Managed(ManagedOutput.Hidden, hidden));
        double[] rates = race.Run(Rounds);
        bool holds = true;
        void Require(string what, double number, bool isHeld, string bound)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what,-56} {number,12:G3}   {bound}: {(isHeld ? "holds" : "MISSED")}"));
            holds &= isHeld;
        }
        void RequireNear(string what, float[] numbers, float[] others)
        {
            double off = Off(numbers, others);
            Require(what, off, off <= MaxDifference, $"at most {MaxDifference:0e-0}");
        }
        void RequireRate(string what, double ratio, double least = MinRate) =>
            Require(what, ratio, ratio >= least, $"at least {least}");
        RequireNear("codes: largest difference to the largest number", found.code, expected.Code);
        RequireNear("reconstructions: the same", found.clean, expected.Clean);
        RequireNear("hidden activations: the same", hidden,
            [.. OfTorchInBatches(model, rows, scores => scores.Hidden)]);
        RequireRate("codes: rows per second to torch's", rates[1] / rates[0]);
        RequireRate("reconstructions: the same", rates[3] / rates[2]);
        RequireRate("hidden activations: the same", rates[5] / rates[4]);
        RequireRate("hidden activations: rows per second to those for codes", rates[5] / rates[1], MinHiddenRate);
        (double managed, double torch) = Start(ml, stage);
        Require("first prediction after start: ms, to torch's", managed / torch, managed < torch,
            string.Create(CultureInfo.InvariantCulture, $"{managed:N0} to {torch:N0}, below 1"));
        Console.WriteLine();
        return holds;
    }

    /// <summary>The median milliseconds from a process's start to its first prediction.</summary>
    private static (double Managed, double Torch) Start(MLContext ml, AutoencoderTransformer stage)
    {
        string file = Path.GetTempFileName();
        try
        {
            ml.Model.Save(stage, ml.Data.LoadFromEnumerable(Make(1)).Schema, file);
            var times = new Dictionary<string, List<double>> { ["managed"] = [], ["torch"] = [] };
            for (int i = 0; i < Starts; i++)
            {
                foreach ((string way, List<double> milliseconds) in times)
                    milliseconds.Add(double.Parse(ChildProcess.Run("first-prediction", file, way)[^1],
                        CultureInfo.InvariantCulture));
            }
            return (Race.Median(times["managed"]), Race.Median(times["torch"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<float> OfTorchInBatches(AutoencoderModel model, float[] rows,
        Func<TorchPrediction, Tensor> read)
    {
        var numbers = new List<float>();
        for (int start = 0; start < rows.Length; start += BatchRows * Width)
            numbers.AddRange(OfTorch(model, rows.AsSpan(start, BatchRows * Width), read));
        return numbers;
    }

    private static float[] OfTorch(AutoencoderModel model, ReadOnlySpan<float> rows, Func<TorchPrediction, Tensor> read)
    {
        TorchLibrary.Load();
        using IDisposable inference = inference_mode();
        using var scope = NewDisposeScope();
        Tensor values = empty([rows.Length / Width, Width], dtype: ScalarType.Float32, device: CPU);
        MemoryMarshal.AsBytes(rows).CopyTo(values.bytes);
        return read(model.Score(new RowBatch(values))).contiguous().data<float>().ToArray();
    }

    private static double Off(float[] found, float[] expected) =>
        found.Zip(expected).Max(pair => Math.Abs((double)pair.First - pair.Second))
            / expected.Max(number => Math.Abs((double)number));

    private static Row[] Make(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count)
            .Select(_ => new Row { Pixels = [.. Enumerable.Range(0, Width).Select(_ => random.NextSingle())] })];
    }

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Pixels { get; set; } = [];
    }

    private sealed class SmallRow
    {
        [VectorType(12)]
        public float[] Features { get; set; } = [];
    }
}
