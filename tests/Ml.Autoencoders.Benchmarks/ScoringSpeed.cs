using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>Encoding by 784-128-64-32: TorchSharp one row at a time, this library's two ways, and TorchSharp in batches.</summary>
internal static class ScoringSpeed
{
    private const int Width = 784;
    private const int Rows = 20_000;
    private const int SingleRows = 2_000;
    private const int BatchRows = 512;

    public static int Run()
    {
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, Rows).Select(_ => new Row { Pixels = [.. Enumerable.Range(0, Width).Select(_ => random.NextSingle())] })];
        var ml = new MLContext(1);
        IDataView view = ml.Data.Cache(ml.Data.LoadFromEnumerable(rows));
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Dense(128, 64),
            Training = new() { Epochs = 1 },
        }).Fit(view);
        using PredictionEngine<Row, Coded> engine = ml.Model.CreatePredictionEngine<Row, Coded>(model);
        using Sequential encoder = nn.Sequential(nn.Linear(Width, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 32));
        encoder.eval();
        using Tensor table = rand(Rows, Width);

        var race = new Race();
        race.Add("TorchSharp, one row at a time", SingleRows, () => OneByOne(encoder, rows));
        race.Add("PredictionEngine, one row at a time", SingleRows, () =>
        {
            for (int i = 0; i < SingleRows; i++)
                engine.Predict(rows[i]);
        });
        race.Add("Transform through the data view", Rows, () => ReadCodes(model.Transform(view)));
        race.Add($"TorchSharp, batches of {BatchRows} of a ready tensor", Rows, () => InBatches(encoder, table));
        race.Run(rounds: 11);
        return 0;
    }

    private static void OneByOne(Sequential encoder, Row[] rows)
    {
        for (int i = 0; i < SingleRows; i++)
        {
            using var inference = inference_mode();
            using DisposeScope scope = NewDisposeScope();
            _ = encoder.forward(tensor(rows[i].Pixels, [1, Width])).data<float>().ToArray();
        }
    }

    private static void InBatches(Sequential encoder, Tensor table)
    {
        for (int start = 0; start < Rows; start += BatchRows)
        {
            using var inference = inference_mode();
            using DisposeScope scope = NewDisposeScope();
            _ = encoder.forward(table.narrow(0, start, Math.Min(BatchRows, Rows - start))).data<float>().ToArray();
        }
    }

    private static void ReadCodes(IDataView view)
    {
        DataViewSchema.Column column = view.Schema["Code"];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> code = default;
        while (cursor.MoveNext())
            getter(ref code);
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
