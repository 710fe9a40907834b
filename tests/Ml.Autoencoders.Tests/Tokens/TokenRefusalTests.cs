using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>What is not for rows of keys is refused before rows are read, and says what is.</summary>
internal sealed class TokenRefusalTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static VariationalOptions Few => new()
    {
        CodeSize = 3,
        Network = Small.Network,
        Training = Small.Training(1),
    };

    private static IEnumerable<TestCaseData> Options()
    {
        yield return Case("network of images", Few with
        {
            Network = Network.Compose(layers => layers.Reshape(1, 2, 3).Convolution(2).Relu()),
        }, "the network takes pictures; it must be Network.Dense, Network.Temporal or Network.Recurrent, or composed.");
        yield return Case("noise", Few with { Corruption = Corruption.Gaussian(0.1f) },
            "Corruption is GaussianNoise(0.1, 0); it must be Corruption.Masking or Corruption.None.");
        yield return Case("swap", Few with { Corruption = Corruption.Swap(0.1f) },
            $"Corruption is {Corruption.Swap(0.1f)}; it must be Corruption.Masking or Corruption.None.");
        Corruption chain = Corruption.Masking(0.1f).Then(Corruption.SaltAndPepper(0.1f));
        yield return Case("chain", Few with { Corruption = chain },
            $"Corruption is {chain}; it must be Corruption.Masking or Corruption.None.");
        yield return Case("scaling", Few with { Scaling = InputScaling.Standardize },
            "Scaling is Standardize; it must be None.");
        yield return Case("loss", Few with { Loss = ReconstructionLoss.BinaryCrossEntropy },
            "Loss is BinaryCrossEntropy; leave it out: the loss of keys is their cross-entropy.");
        yield return Case("variance", Few with { OutputVariance = 1 },
            "OutputVariance is set; leave it out: keys have none.");
        yield return Case("categories", Few with { Categories = Categories.Annotated },
            "Categories is Annotated, which are slots of tables; it must be None.");
        yield return Case("image", Few with { Image = new ImageFormat(2, 3) },
            $"Image is {new ImageFormat(2, 3)}; leave it out.");
        yield return Case("sequence", Few with { Network = Network.Temporal([4]), Sequence = new SequenceFormat(6, 1) },
            "Sequence is 6 x 1 (steps x channels); leave it out: a row is a sequence of as many steps as it has keys.");
        yield return Case("prior of rows", Few with { Prior = CodePrior.Vamp(4) },
            $"Prior is {CodePrior.Vamp(4)}, whose pseudo-inputs are rows of numbers; use CodePrior.Flow, or draw " +
            "from FitMixture.");
        yield return Case("row and hidden", Few with { Output = StageOutput.RowAndHiddenActivations },
            "the output column is to hold the row, too, which does not consist of numbers.");

        static TestCaseData Case(string name, VariationalOptions options, string message) =>
            new TestCaseData(options, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Options))]
    public void An_option_for_rows_of_numbers_is_refused(VariationalOptions options, string message) => Assert.That(
        () => _ml.Transforms.Autoencoders.Variational("Code", "Tokens", options).Fit(View()),
        Throws.InvalidOperationException.With.Message.EqualTo(
            $"Column 'Tokens' is a vector of keys, and {message}"));

    [Test]
    public void A_network_of_other_keys_is_refused() => Assert.That(
        () => _ml.Transforms.Autoencoders.Plain("Code", "Tokens", new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => layers.Tokens(6, 3).Flatten().Linear(4).Relu()),
            Training = Small.Training(1),
        }).Fit(View()),
        Throws.InvalidOperationException.With.Message.EqualTo("The network does not fit column 'Tokens', a vector of " +
            "6: it begins with Tokens(6 steps, 3 classes), and a row has 6 keys of 5 values."));

    [Test]
    public void A_target_column_is_refused() => Assert.That(
        () => _ml.Transforms.Autoencoders.Denoising("Code", "Tokens",
            new() { CodeSize = 3, Network = Small.Network, TargetColumnName = "Kind", Training = Small.Training(1) })
            .Fit(View()),
        Throws.InvalidOperationException.With.Message.EqualTo("Column 'Tokens' is a vector of keys, and " +
            "TargetColumnName is 'Kind'; rows of keys are reconstructed from themselves."));

    [TestCase(AnomalyScoreKind.Both)]
    [TestCase(AnomalyScoreKind.CodeDistance)]
    public void Another_score_is_refused(AnomalyScoreKind score) => Assert.That(
        () => _ml.AnomalyDetection.Trainers.Autoencoder("Tokens",
            new() { CodeSize = 3, Network = Small.Network, Score = score, Training = Small.Training(1) }).Fit(View()),
        Throws.InvalidOperationException.With.Message.EqualTo("Column 'Tokens' is a vector of keys, and " +
            $"Score is {score}; it must be ReconstructionError."));

    [Test]
    public void Reasons_are_refused() => Assert.That(
        () => _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Tokens", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            ReasonsColumnName = "Reasons",
            MissingValues = MissingValueHandling.LeaveOut,
            Training = Small.Training(1),
        }).Fit(View()),
        Throws.InvalidOperationException.With.Message.EqualTo("Column 'Tokens' is a vector of keys, and " +
            "ReasonsColumnName is set; reasons are given for columns of tables."));

    [Test]
    public void More_keys_than_a_model_tells_apart_are_refused()
    {
        IDataView rows = Of<uint>([[1, 2]], 30_000_000);
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Tokens", new()).Fit(rows),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "Schema mismatch for input column 'Tokens': expected a vector of keys of at most 16,777,215 values, " +
                "got one of 30,000,000. Map it anew, to a key of the values that occur: " +
                "ml.Transforms.Conversion.MapValueToKey(\"Tokens\") (Parameter 'inputSchema')"));
    }

    [Test]
    public void Keys_of_every_width_are_the_same_keys()
    {
        uint[][] rows = SmallTokens.WithGaps(SmallTokens.Make(40));
        float[][] expected = Codes<uint>(rows);
        Assert.That(Codes<byte>(rows), Is.EqualTo(expected), "byte");
        Assert.That(Codes<ushort>(rows), Is.EqualTo(expected), "ushort");
        Assert.That(Codes<ulong>(rows), Is.EqualTo(expected), "ulong");

        float[][] Codes<T>(uint[][] keys)
            where T : unmanaged, System.Numerics.INumberBase<T>
        {
            IDataView view = Of([.. keys.Select(row => row.Select(T.CreateChecked).ToArray())], SmallTokens.Classes);
            using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Tokens",
                new() { CodeSize = 3, Network = Small.Network, Training = Small.Training(2) }).Fit(view);
            return ColumnNumbers.Of(model.Transform(view), "Code");
        }
    }

    /// <summary>As those of ML.NET itself, which takes a number beyond the count of a key for a missing one.</summary>
    [Test]
    public void Numbers_beyond_the_count_are_missing_keys()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Tokens",
            new() { CodeSize = 3, Network = Small.Network, ErrorColumnName = "Error", Training = Small.Training(1) })
            .Fit(View());
        IDataView odd = model.Transform(SmallTokens.View(_ml, [[1, 6, 2, 3, uint.MaxValue, 5]]));
        IDataView gaps = model.Transform(SmallTokens.View(_ml, [[1, 0, 2, 3, 0, 5]]));
        foreach (string column in new[] { "Code", "Error" })
            Assert.That(ColumnNumbers.Of(odd, column), Is.EqualTo(ColumnNumbers.Of(gaps, column)), column);
    }

    private IDataView View() => SmallTokens.View(_ml, SmallTokens.Make(20));

    private IDataView Of<T>(T[][] rows, int count)
    {
        var schema = SchemaDefinition.Create(typeof(Keys<T>));
        schema[nameof(Keys<T>.Tokens)].ColumnType =
            new VectorDataViewType(new KeyDataViewType(typeof(T), count), rows[0].Length);
        return _ml.Data.LoadFromEnumerable(rows.Select(row => new Keys<T> { Tokens = row }), schema);
    }

    private sealed class Keys<T>
    {
        public T[] Tokens { get; set; } = [];
    }
}
