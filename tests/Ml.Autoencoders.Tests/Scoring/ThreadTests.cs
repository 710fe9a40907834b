using Microsoft.ML;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>One transformer under several threads.</summary>
internal sealed class ThreadTests
{
    private const int Threads = 4;

    [Test]
    public void Views_and_engines_of_four_threads_give_the_bits_of_one()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderTransformer model = Stage.Fit(ml);
        Row[] rows = Rows.Make(600, seed: 4);
        (int[][] Viewed, int[][] Predicted) expected = Score(model, rows);
        var found = new (int[][] Viewed, int[][] Predicted)[Threads];
        RunOnThreads(thread => found[thread] = Score(model, rows));
        foreach ((int[][] viewed, int[][] predicted) in found)
        {
            Assert.That(viewed, Is.EqualTo(expected.Viewed));
            Assert.That(predicted, Is.EqualTo(expected.Predicted));
        }
    }

    [Test]
    public void Disposal_under_load_ends_every_use_with_right_bits_or_with_its_own_error()
    {
        var ml = new MLContext();
        float[][] features = [.. Rows.Make(20, seed: 4).Select(row => row.Features)];
        (int[][] Codes, int[] Predicted) expected;
        using (AutoencoderTransformer model = Transformer(ml, Fitting.Model(codeSize: Stage.CodeSize)))
            expected = (Bits.Of(model.Encode(features)), Bits.Of(model.Encode(features[0])));

        int used = 0;
        for (int round = 0; round < 50; round++)
        {
            AutoencoderModel model = Fitting.Model(codeSize: Stage.CodeSize);
            Tensor[] held = [.. model.Weights.Named.Select(named => named.Tensor)];
            AutoencoderTransformer transformer = Transformer(ml, model);
            using var start = new Barrier(Threads);
            RunOnThreads(thread =>
            {
                PredictionEngine<Row, Coded>? engine = thread == 1
                    ? new MLContext().Model.CreatePredictionEngine<Row, Coded>(transformer) : null;
                var row = new Row { Features = features[0] };
                start.SignalAndWait();
                if (thread == 0)
                {
                    Thread.SpinWait(round * 500);
                    transformer.Dispose();
                    return;
                }
                try
                {
                    while (true)
                    {
                        bool isRight = engine is null
                            ? Bits.Of(transformer.Encode(features)).Zip(expected.Codes)
                                .All(pair => pair.First.SequenceEqual(pair.Second))
                            : Bits.Of(engine.Predict(row).Code).SequenceEqual(expected.Predicted);
                        if (!isRight)
                            throw new InvalidDataException("Other bits.");
                        Interlocked.Increment(ref used);
                    }
                }
                catch (ObjectDisposedException error) when (error.Message == Disposed.Message)
                {
                }
            });
            Assert.That(held.Select(tensor => tensor.IsInvalid), Is.EqualTo(Enumerable.Repeat(true, 8)));
        }
        Assert.That(used, Is.Positive);
    }

    [Test]
    public void Fits_at_the_same_time_do_not_share_randomness()
    {
        using AutoencoderTransformer alone = Stage.Fit(new MLContext());
        float[] row = Rows.Make(1)[0].Features;
        var codes = new float[Threads][];
        RunOnThreads(thread =>
        {
            using AutoencoderTransformer model = Stage.Fit(new MLContext());
            codes[thread] = model.Encode(row);
        });
        Assert.That(Bits.Of(codes), Has.All.EqualTo(Bits.Of(alone.Encode(row))));
    }

    [Test]
    public void A_fit_leaves_the_global_generator_of_torch_alone()
    {
        long seed = torch.initial_seed();
        torch.manual_seed(3);
        float[] expected = torch.rand(4).data<float>().ToArray();
        torch.manual_seed(3);
        try
        {
            using (Stage.Fit(new MLContext()))
                Assert.That(torch.rand(4).data<float>().ToArray(), Is.EqualTo(expected));
        }
        finally
        {
            torch.manual_seed(seed);
        }
    }

    /// <summary>Each thread has a context and engines of its own, as ML.NET asks; the transformer is shared.</summary>
    private static (int[][] Viewed, int[][] Predicted) Score(AutoencoderTransformer model, Row[] rows)
    {
        var ml = new MLContext();
        PredictionEngine<Row, Scored> engine = ml.Model.CreatePredictionEngine<Row, Scored>(model);
        return (Bits.OfVectors(model.Transform(ml.Data.LoadFromEnumerable(rows)), "Clean"),
            [.. rows.Take(100).Select(row => Bits.Of(engine.Predict(row).Clean))]);
    }

    private static AutoencoderTransformer Transformer(MLContext ml, AutoencoderModel model) => new(ml,
        new ModelDescription(ModelDescription.CurrentVersion, new ColumnNames("Features", "Code", null, null),
            model.Definition, Small.Training(), []),
        model);

    private static void RunOnThreads(Action<int> action)
    {
        var failures = new Exception?[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            try
            {
                action(i);
            }
            catch (Exception error)
            {
                failures[i] = error;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(failures, Has.All.Null);
    }

    private sealed class Coded
    {
        public float[] Code { get; set; } = [];
    }
}
