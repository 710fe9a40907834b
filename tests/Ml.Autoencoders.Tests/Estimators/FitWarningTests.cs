using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>What a fit warns of: slots that dwarf the others, and codes that need not leave anything out.</summary>
internal sealed class FitWarningTests
{
    private const string Remedy =
        ". The others hardly count in the loss. Set Scaling = InputScaling.Standardize or InputScaling.MinMax.";

    private readonly MLContext _ml = new();
    private readonly List<string> _warnings = [];

    [SetUp]
    public void Listen() => _ml.Log += Keep;

    [TearDown]
    public void Forget()
    {
        _ml.Log -= Keep;
        _warnings.Clear();
    }

    [TestCase(typeof(AutoencoderEstimator))]
    [TestCase(typeof(AutoencoderAnomalyEstimator))]
    public void A_slot_of_a_thousand_times_the_others_is_warned_of_once(Type estimator)
    {
        Fit(estimator, Table(slot => slot == 3 ? 1000 : 1), InputScaling.None);
        Assert.That(_warnings,
            Is.EqualTo(new[]
            {
                "In column 'X' slot 3 holds numbers up to 1000, and half of the slots hold none above 1" + Remedy,
            }));
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void A_scaling_makes_up_for_it(InputScaling scaling)
    {
        Fit(typeof(AutoencoderEstimator), Table(slot => slot == 3 ? 1000 : 1), scaling);
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void Slots_are_told_by_their_names()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40)
            .Select(i => new Person { Age = 20 + i, Children = i % 3, Income = 1000 * i, Debt = 500 * i }));
        IDataView table = _ml.Transforms.Concatenate("X", "Age", "Children", "Income", "Debt").Fit(rows)
            .Transform(rows);
        Fit(typeof(AutoencoderEstimator), table, InputScaling.None);
        Assert.That(_warnings, Is.EqualTo(new[]
        {
            "In column 'X' slot 2 ('Income'), slot 3 ('Debt') hold numbers up to 3.9E+04, and half of the slots " +
                "hold none above 59" + Remedy,
        }));
    }

    [Test]
    public void A_slot_that_varies_a_thousand_times_as_much_is_warned_of_where_all_are_far_from_0()
    {
        Fit(typeof(AutoencoderEstimator), Table(slot => slot == 1 ? 1000 : 1, offset: 10_000), InputScaling.None);
        Assert.That(_warnings,
            Is.EqualTo(new[]
            {
                "In column 'X' slot 1 holds numbers over a range of 1000, and half of the slots have none above 1"
                    + Remedy,
            }));
    }

    [Test]
    public void Many_slots_are_counted()
    {
        Fit(typeof(AutoencoderEstimator), Table(slot => slot < 7 ? 1000 : 1, width: 20), InputScaling.None);
        Assert.That(_warnings.Single(),
            Does.StartWith(
                "In column 'X' slot 0, slot 1, slot 2, slot 3, slot 4, ... (7 in all) hold numbers up to 1000,"));
    }

    [Test]
    public void A_target_is_looked_at_too()
    {
        IDataView table = Table(slot => slot == 3 ? 1000 : 1, name: "Target");
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "X", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            TargetColumnName = "Target",
            Training = Small.Training(epochs: 1),
        }).Fit(table);
        Assert.That(_warnings.Count(text => text.StartsWith("In column 'Target' slot 3 holds",
            StringComparison.Ordinal)), Is.EqualTo(1));
    }

    // One slot as large as others are small, 99 times, up to and above the bound; slots that are always 0 count for
    // nothing.
    [TestCase(99, 0, false)]
    [TestCase(101, 0, true)]
    [TestCase(1, 6, false, Description = "a border of zeros")]
    [TestCase(1000, 6, true)]
    public void A_hundred_times_is_the_bound(float times, int zeros, bool isWarnedOf)
    {
        Fit(typeof(AutoencoderEstimator), Table(slot => slot < zeros ? 0 : slot == 11 ? times : 1), InputScaling.None);
        Assert.That(_warnings.Any(text => text.Contains("slot 11 holds", StringComparison.Ordinal)),
            Is.EqualTo(isWarnedOf));
        Assert.That(_warnings, Has.Count.EqualTo(isWarnedOf ? 1 : 0));
    }

    [Test]
    public void Pictures_of_bytes_with_a_dark_border_are_not_warned_of([Values] bool isTold)
    {
        // As written digits: 0 at the border, faint next to it, and bright in the middle now and then.
        var random = new Random(3);
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(_ => new UnscaledRow
        {
            Features = [.. Enumerable.Range(0, UnscaledRows.Size)
                .Select(j => Nearness(j) switch { 0 => 0, 1 => random.Next(4), _ => random.Next(256) })],
        }).ToArray());
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Dense(8),
            Image = isTold ? new ImageFormat(8, 8) : null,
            Training = new() { Epochs = 40, LearningRate = 1e-2f, Seed = 1 },
        }).Fit(rows);
        Assert.That(_warnings.Where(text => text.Contains("slot", StringComparison.Ordinal)), Is.Empty);

        static int Nearness(int pixel) =>
            Math.Min(Math.Min(pixel % 8, 7 - pixel % 8), Math.Min(pixel / 8, 7 - pixel / 8));
    }

    [Test]
    public void A_fit_that_diverges_says_it_too()
    {
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "X", new()
        {
            CodeSize = 3,
            Network = Network.Dense(),
            Training = new() { LearningRate = 1e30f, Seed = 1, BatchSize = 16 },
        }).Fit(Table(slot => slot == 3 ? 1000 : 1)), Throws.InvalidOperationException.With.Message.EqualTo(
            "The loss became Infinity in epoch 1, batch 2 (learning rate 1E+30). Usual causes: a learning rate that " +
            "is too high, inputs that are not scaled (largest value seen: 1,000; see InputScaling). " +
            "In column 'X' slot 3 holds numbers up to 1000, and half of the slots hold none above 1. No epoch " +
            "was completed."));
    }

    [Test]
    public void A_fit_that_diverges_with_a_scaling_does_not_advise_one()
    {
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "X", new()
        {
            CodeSize = 3,
            Network = Network.Dense(),
            Scaling = InputScaling.MinMax,
            Training = new() { LearningRate = 1e30f, Seed = 1, BatchSize = 16 },
        }).Fit(Table(slot => slot == 3 ? 1000 : 1)), Throws.InvalidOperationException.With.Message.EqualTo(
            "The loss became Infinity in epoch 1, batch 2 (learning rate 1E+30). The usual cause: a learning rate " +
            "that is too high (Scaling is MinMax; largest scaled value seen: 1). No epoch was completed."));
    }

    [TestCase(typeof(AutoencoderEstimator), 12)]
    [TestCase(typeof(AutoencoderEstimator), 32)]
    [TestCase(typeof(AutoencoderAnomalyEstimator), 12)]
    [TestCase(typeof(AutoencoderAnomalyEstimator), 32)]
    public void A_code_that_is_no_shorter_than_the_row_is_warned_of_once(Type estimator, int codeSize)
    {
        Fit(estimator, Table(_ => 1), InputScaling.None, codeSize);
        Assert.That(_warnings, Is.EqualTo(new[] { Copy(codeSize) }));
    }

    [Test]
    public void A_code_that_is_shorter_is_not()
    {
        Fit(typeof(AutoencoderEstimator), Table(_ => 1), InputScaling.None, 11);
        Assert.That(_warnings, Is.Empty);
    }

    [TestCase(40, false)]
    [TestCase(32, false)]
    [TestCase(null, true, Description = "the default, which nobody chose")]
    public void A_long_code_that_was_chosen_for_a_sparse_or_denoising_autoencoder_is_not_warned_of(int? codeSize,
        bool isWarnedOf)
    {
        string[] expected = isWarnedOf ? [Copy(32)] : [];
        AutoencoderCatalog catalog = _ml.Transforms.Autoencoders;
        catalog.Sparse("Code", "X", new() { CodeSize = codeSize, Network = Small.Network, Training = Training })
            .Fit(Table(_ => 1)).Dispose();
        Assert.That(_warnings, Is.EqualTo(expected));
        _warnings.Clear();
        catalog.Denoising("Code", "X", new() { CodeSize = codeSize, Network = Small.Network, Training = Training })
            .Fit(Table(_ => 1)).Dispose();
        Assert.That(_warnings, Is.EqualTo(expected));
    }

    /// <summary>Six keys of five are 30 numbers.</summary>
    [TestCase(29, false)]
    [TestCase(30, true)]
    public void A_code_of_keys_is_long_beside_one_hot_vectors(int codeSize, bool isWarnedOf)
    {
        _ml.Transforms.Autoencoders.Plain("Code", "Tokens",
            new() { CodeSize = codeSize, Network = Small.Network, Training = Training })
            .Fit(SmallTokens.View(_ml, SmallTokens.Make(60))).Dispose();
        Assert.That(_warnings, isWarnedOf ? Is.EqualTo(new[]
        {
            "CodeSize is 30, and a row of column 'Tokens' has 6 keys of 5, which are 30: a code as long as its row, " +
                "or longer, can be a mere copy of it. Set CodeSize below 30.",
        }) : Is.Empty);
    }

    private static TrainingOptions Training => Small.Training(epochs: 60);

    private static string Copy(int codeSize) =>
        $"CodeSize is {codeSize}, and a row of column 'X' has 12: a code as long as its row, or longer, can be " +
            "a mere copy of it. Set CodeSize below 12.";

    private void Fit(Type estimator, IDataView table, InputScaling scaling, int codeSize = 3)
    {
        if (estimator == typeof(AutoencoderEstimator))
        {
            _ml.Transforms.Autoencoders.Plain("Code", "X", new()
            {
                CodeSize = codeSize,
                Network = Small.Network,
                Scaling = scaling,
                Training = Training,
            }).Fit(table).Dispose();
        }
        else
        {
            _ml.AnomalyDetection.Trainers.Autoencoder("X", new()
            {
                CodeSize = codeSize,
                Network = Small.Network,
                Scaling = scaling,
                Training = Training,
            }).Fit(table).Dispose();
        }
        // What becomes of the loss is another matter.
        _warnings.RemoveAll(text => text.StartsWith("The reconstruction loss ended", StringComparison.Ordinal));
    }

    /// <summary>Rows of which each slot lies between an offset and that and its size.</summary>
    private IDataView Table(Func<int, float> size, int width = 12, float offset = 0, string name = "X")
    {
        var schema = SchemaDefinition.Create(typeof(Numbers));
        schema["X"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        schema["Target"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 41).Select(i =>
        {
            // Two coordinates, so that a code of 3 is enough.
            float[] numbers = [.. Enumerable.Range(0, width)
                .Select(slot => offset + size(slot) * (slot % 2 == 0 ? i : 7 * i % 41) / 40)];
            float[] other = [.. numbers.Select((_, slot) => i * (slot + 1) / 480f)];
            return name == "X"
                ? new Numbers { X = numbers, Target = other } : new Numbers { X = other, Target = numbers };
        }).ToArray(), schema);
    }

    private void Keep(object? sender, LoggingEventArgs message)
    {
        if (message.Kind == ChannelMessageKind.Warning)
            _warnings.Add(message.RawMessage);
    }

    private sealed class Numbers
    {
        public float[] X { get; set; } = [];

        public float[] Target { get; set; } = [];
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public float Children { get; set; }

        public float Income { get; set; }

        public float Debt { get; set; }
    }
}
