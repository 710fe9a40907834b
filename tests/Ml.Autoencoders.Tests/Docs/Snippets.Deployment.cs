using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>docs/deployment.md and docs/onnx.md.</content>
public partial class Snippets
{
    [Test]
    public async Task A_web_service_answers_many_requests_at_once()
    {
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.Autoencoders.Plain("Code", "Pixels",
                new() { CodeSize = 8, Network = Small.Network, Training = Small.Training() }))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Label", "Code"))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Read", "PredictedLabel"));
        using var model = pipeline.Fit(ml.Data.TakeRows(digits, 300));
        ml.Model.Save(model, digits.Schema, "digits.zip");

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var context = new MLContext();
        ITransformer loaded = context.Model.Load("digits.zip", out _);
        builder.Services.AddSingleton(context.Model.CreateEncoder<Digit>(loaded, "Code", Digit.Schema(784)));
        builder.Services.AddSingleton<ObjectPool<PredictionEngine<Digit, Reading>>>(
            new DefaultObjectPool<PredictionEngine<Digit, Reading>>(new EnginePolicy(context, loaded)));
        WebApplication app = builder.Build();

        app.MapPost("/codes", Encode).AddEndpointFilter(RequireDigits);
        app.MapPost("/read", Read).AddEndpointFilter(RequireDigits);

        await app.StartAsync().ConfigureAwait(false);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        float[][] rows = [.. Mnist.Test.Take(20).Select(digit => digit.Pixels)];
        float[][] expected = model.GetAutoencoder("Code").Encode(rows);
        using PredictionEngine<Digit, Reading> reader = ml.Model.CreatePredictionEngine<Digit, Reading>(model,
            new PredictionEngineOptions { InputSchemaDefinition = Digit.Schema(784), OwnsTransformer = false });
        uint[] readings = [.. rows.Select(row => reader.Predict(new Digit { Pixels = row }).Read)];
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, stopping) =>
        {
            HttpResponseMessage codes = await client.PostAsJsonAsync("/codes", rows, stopping).ConfigureAwait(false);
            Assert.That(await codes.Content.ReadFromJsonAsync<float[][]>(stopping).ConfigureAwait(false),
                Is.EqualTo(expected));
            HttpResponseMessage read = await client.PostAsJsonAsync("/read", rows[i % rows.Length], stopping)
                .ConfigureAwait(false);
            Assert.That(await read.Content.ReadFromJsonAsync<uint>(stopping).ConfigureAwait(false),
                Is.EqualTo(readings[i % rows.Length]));
        }).ConfigureAwait(false);
        await RequireRefusals(client, rows[0]).ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        (loaded as IDisposable)?.Dispose();
    }

    private static async Task RequireRefusals(HttpClient client, float[] whole)
    {
        foreach ((string path, string body, string? reason) in new (string, string, string?)[]
        {
            ("/codes", JsonSerializer.Serialize(new[] { whole, whole[1..] }),
                "Row 1 has 783 numbers; it needs 784 finite ones."),
            ("/codes", "[[]]", "Row 0 has 0 numbers; it needs 784 finite ones."),
            ("/codes", "[null]", "Row 0 has 0 numbers; it needs 784 finite ones."),
            ("/codes", JsonSerializer.Serialize(new[] { whole }).Replace("[[0,", "[[1e39,", StringComparison.Ordinal),
                "Row 0 has 784 numbers; it needs 784 finite ones."),
            ("/codes", "null", null),
            ("/read", "[1, 2, 3]", "Row 0 has 3 numbers; it needs 784 finite ones."),
            ("/read", "[\"one\"]", null),
            ("/read", "", null),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            HttpResponseMessage refused = await client.PostAsync(new Uri(path, UriKind.Relative), content)
                .ConfigureAwait(false);
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), body);
            if (reason is not null)
                Assert.That(await refused.Content.ReadFromJsonAsync<string>().ConfigureAwait(false),
                    Is.EqualTo(reason), body);
        }
    }

    [Test]
    public void A_stage_is_exported_and_scored_by_ONNX_Runtime()
    {
        using AutoencoderTransformer model = Fitted();
        float[] pixels = Mnist.Test[0].Pixels;

        model.SaveOnnx("stage.onnx");                        // every column that the transformer writes
        model.SaveOnnx("encoder.onnx", OnnxPart.Encoder);    // codes from rows
        model.SaveOnnx("decoder.onnx", OnnxPart.Decoder);    // rows from codes

        using var session = new InferenceSession("encoder.onnx");
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 784]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, session.InputNames, [input], session.OutputNames);
        float[] code = outputs[0].GetTensorDataAsSpan<float>().ToArray();

        Assert.That((session.InputNames.Single(), session.OutputNames.Single()), Is.EqualTo(("Pixels", "Code")));
        Assert.That(code, Is.EqualTo(model.Encode(pixels)).Within(1e-4));
    }

    [Test]
    public void A_whole_model_is_exported_by_ML_NET()
    {
        IDataView digits = ml.Data.TakeRows(this.digits, 100);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.NormalizeMinMax("Pixels"))
            .Append(ml.Transforms.Autoencoders.Plain("Code", "Pixels", codeSize: 8, epochs: 3))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"));
        using var model = pipeline.Fit(digits);

        using (FileStream file = File.Create("model.onnx"))
            ml.Model.ConvertToOnnx(model, digits, file, "Code", "Score");   // the columns to keep

        using var session = new InferenceSession("model.onnx");             // it gives Code.output and Score.output

        using OrtValue pixels = OrtValue.CreateTensorValueFromMemory(Mnist.Training[0].Pixels, [1, 784]);
        using var options = new RunOptions();
        using OrtValue number = OrtValue.CreateTensorValueFromMemory(new[] { Mnist.Training[0].Number }, [1, 1]);
        using var outputs = session.Run(options, ["Pixels", "Number"], [pixels, number],
            ["Code.output", "Score.output"]);
        Assert.That(outputs[0].GetTensorDataAsSpan<float>().ToArray(),
            Is.EqualTo(ColumnNumbers.Of(model.Transform(digits), "Code")[0]).Within(1e-4));
        Assert.That(outputs[1].GetTensorDataAsSpan<float>().ToArray(),
            Is.EqualTo(ColumnNumbers.Of(model.Transform(digits), "Score")[0]).Within(1e-4));
    }

    [Test]
    public void ML_NET_trains_a_classifier_behind_an_exported_encoder()
    {
        using (AutoencoderTransformer autoencoder = Fitted())
            autoencoder.SaveOnnx("encoder.onnx", OnnxPart.Encoder);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.ApplyOnnxModel(["Code"], ["Pixels"], "encoder.onnx"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"));

        using var model = pipeline.Fit(digits);
        Assert.That(ml.MulticlassClassification.Evaluate(model.Transform(digits)).MicroAccuracy, Is.GreaterThan(0.5));
    }

    private static float[][] Encode(float[][] rows, RowEncoder<Digit> encoder) =>
        encoder.Encode([.. rows.Select(row => new Digit { Pixels = row })]);

    private static uint Read(float[] pixels, ObjectPool<PredictionEngine<Digit, Reading>> engines)
    {
        PredictionEngine<Digit, Reading> engine = engines.Get();
        try
        {
            return engine.Predict(new Digit { Pixels = pixels }).Read;
        }
        finally
        {
            engines.Return(engine);
        }
    }

    private static async ValueTask<object?> RequireDigits(EndpointFilterInvocationContext call,
        EndpointFilterDelegate next)
    {
        float[]?[] rows = call.Arguments[0] as float[][] ?? [(float[])call.Arguments[0]!];
        int wrong = Array.FindIndex(rows, row => row?.Length != 784 || !row.All(float.IsFinite));
        return wrong < 0
            ? await next(call)
            : Results.BadRequest($"Row {wrong} has {rows[wrong]?.Length ?? 0} numbers; it needs 784 finite ones.");
    }

    private sealed class Reading
    {
        public uint Read { get; set; }
    }

    private sealed class EnginePolicy(MLContext context, ITransformer model)
        : PooledObjectPolicy<PredictionEngine<Digit, Reading>>
    {
        public override PredictionEngine<Digit, Reading> Create() =>
            context.Model.CreatePredictionEngine<Digit, Reading>(model,
            new PredictionEngineOptions { InputSchemaDefinition = Digit.Schema(784), OwnsTransformer = false });

        public override bool Return(PredictionEngine<Digit, Reading> engine) => true;
    }
}
