using Microsoft.ML;

namespace Ml.Autoencoders.Tests;

/// <summary>Fits that are canceled while rows are read: they end at the next row, and leave nothing.</summary>
internal sealed class CanceledReadingTests
{
    private const string Reading = "The fit was canceled while its {0} rows were read.";

    private readonly MLContext _ml = new(seed: 1);
    private CancellationTokenSource _source = null!;
    private int _seen;

    [SetUp]
    public void MakeSource() => (_source, _seen) = (new CancellationTokenSource(), 0);

    [TearDown]
    public void DisposeSource() => _source.Dispose();

    [Test]
    public void Into_memory([Values] bool throws, [Values] bool isValidation)
    {
        IDataView stopping = _ml.Data.LoadFromEnumerable(Stopping(Rows.Make(40), at: 10));
        AutoencoderEstimator estimator = Stage.Make(_ml, Training(throws));
        RequireCanceled(() => isValidation ? estimator.Fit(Rows.View(_ml, 40), stopping) : estimator.Fit(stopping),
            isValidation ? "validation" : "training");
        Assert.That(_seen, Is.EqualTo(10));
    }

    [Test]
    public void Before_it_began_a_fit_reads_one_row([Values] bool throws)
    {
        _source.Cancel();
        RequireCanceled(() => Stage.Make(_ml, Training(throws))
            .Fit(_ml.Data.LoadFromEnumerable(Stopping(Rows.Make(40), at: 0))), "training");
        Assert.That(_seen, Is.EqualTo(1));
    }

    // When it is tried to keep rows, and in the pass that looks at them, before there is a model; that of validation
    // rows comes after that of training rows.
    [TestCase(500, 0f, "training")]
    [TestCase(1500, 0f, "training")]
    [TestCase(2500, 0.3f, "validation")]
    public void Of_a_stream_before_the_first_epoch(int at, float held, string use)
    {
        foreach (bool throws in new[] { false, true })
        {
            MakeSource();
            RequireCanceled(() => Plain(Streaming(throws, held))
                .Fit(WideRows.View(_ml, Stopping(WideRows.Make(), at))), use);
            Assert.That(_seen, Is.EqualTo(at));
        }
    }

    // While the buffer is filled, among batches, in the pass that measures, and in the second epoch.
    [TestCase(3300, 1, 0)]
    [TestCase(3750, 1, 0)]
    [TestCase(4300, 1, 0)]
    [TestCase(5300, 2, 1)]
    public void Of_a_stream_in_an_epoch(int at, int epoch, int done)
    {
        using AutoencoderTransformer model = Plain(Streaming(throws: false, held: 0.3f))
            .Fit(WideRows.View(_ml, Stopping(WideRows.Make(), at)));
        Assert.That((_seen, model.History.Count), Is.EqualTo((at, done)));

        MakeSource();
        Assert.That(() => Plain(Streaming(throws: true, held: 0.3f))
            .Fit(WideRows.View(_ml, Stopping(WideRows.Make(), at))),
            Throws.TypeOf<OperationCanceledException>().With.Message.EqualTo($"The fit was canceled in epoch {epoch}.")
                .And.Property("CancellationToken").EqualTo(_source.Token));
        Assert.That(_seen, Is.EqualTo(at));
    }

    [Test]
    public void For_the_threshold_of_a_detector()
    {
        // After the attempt to keep them, the pass that looks at them and one epoch.
        const int At = 820 + 2 * WideRows.Many + 300;
        using AutoencoderAnomalyTransformer whole = Detector(Streaming(throws: false, epochs: 1))
            .Fit(WideRows.View(_ml));
        using (AutoencoderAnomalyTransformer model = Detector(Streaming(throws: false, epochs: 1))
            .Fit(WideRows.View(_ml, Stopping(WideRows.Make(), At))))
            Assert.That((model.Threshold, _seen), Is.EqualTo((whole.Threshold, 820 + 3 * WideRows.Many)));

        MakeSource();
        Assert.That(() => Detector(Streaming(throws: true, epochs: 1))
            .Fit(WideRows.View(_ml, Stopping(WideRows.Make(), At))), Throws.TypeOf<OperationCanceledException>());
        Assert.That(_seen, Is.EqualTo(At));
    }

    [Test]
    public void Nothing_is_left([Values(500, 1500, 2300, 2750, 3750)] int at)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions Training() =>
            new()
            {
                Epochs = 2,
                BatchSize = 100,
                Seed = 7,
                RowMemoryMegabytes = 1,
                Cancellation = _source.Token,
                ThrowOnCancellation = true,
                Checkpoint = new(folder.Path),
            };
        var readers = new HashSet<Thread>();
        Assert.That(LiveTensors.Left(() =>
        {
            MakeSource();
            var source = new CountingView(WideRows.View(_ml, Stopping(WideRows.Make(), at).Select(row =>
            {
                readers.Add(Thread.CurrentThread);
                return row;
            })));
            Assert.That(() => Plain(Training()).Fit(source), Throws.TypeOf<OperationCanceledException>());
            Assert.That(source.CursorsDisposed, Is.EqualTo(source.CursorsOpened));
        }), Is.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName),
            Is.SubsetOf(new[] { "checkpoint.zip" }));
        foreach (Thread reader in readers.Where(reader => reader != Thread.CurrentThread))
            Assert.That(reader.Join(TimeSpan.FromMinutes(1)), Is.True);
    }

    private IEnumerable<T> Stopping<T>(IEnumerable<T> rows, int at) => rows.Select(row =>
    {
        if (++_seen == at)
            _source.Cancel();
        return row;
    });

    private void RequireCanceled(Func<AutoencoderTransformer> fit, string use) =>
        Assert.That(() => fit(), Throws.TypeOf<OperationCanceledException>()
        .With.Message.EqualTo(Reading.Replace("{0}", use, StringComparison.Ordinal)).And.Property("CancellationToken")
        .EqualTo(_source.Token));

    private TrainingOptions Training(bool throws) =>
        new() { Epochs = 3, Seed = 7, Cancellation = _source.Token, ThrowOnCancellation = throws };

    private TrainingOptions Streaming(bool throws, float held = 0, int epochs = 2) => new()
    {
        Epochs = epochs,
        BatchSize = 100,
        Seed = 7,
        RowMemoryMegabytes = 1,
        ValidationFraction = held,
        Cancellation = _source.Token,
        ThrowOnCancellation = throws,
    };

    private AutoencoderEstimator Plain(TrainingOptions training) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new() { CodeSize = 2, Network = Small.Network, Training = training });

    private AutoencoderAnomalyEstimator Detector(TrainingOptions training) =>
        _ml.AnomalyDetection.Trainers.Autoencoder("Features", new AutoencoderAnomalyOptions
        {
            CodeSize = 2,
            Network = Small.Network,
            Training = training,
            // A score that sees codes would be estimated in passes of its own.
            Score = AnomalyScoreKind.ReconstructionError,
        });
}
