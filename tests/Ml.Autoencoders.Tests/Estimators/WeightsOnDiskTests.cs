using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>SaveWeights and LoadWeights of a transformer.</summary>
internal sealed class WeightsOnDiskTests
{
    private readonly MLContext _ml = new();
    private readonly float[] _row = Rows.Make(1)[0].Features;
    private AutoencoderTransformer _model = null!;
    private TemporaryFolder _folder = null!;

    private string Weights => _folder.File("weights.safetensors");

    [SetUp]
    public void Fit()
    {
        _folder = new TemporaryFolder();
        _model = Fit(InputScaling.MinMax, seed: 1);
    }

    [TearDown]
    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Weights_of_one_fit_can_be_given_to_another()
    {
        using AutoencoderTransformer other = Fit(InputScaling.MinMax, seed: 2);
        int[] otherCode = Bits.Of(other.Encode(_row));
        _model.SaveWeights(Weights);
        using (AutoencoderTransformer loaded = other.LoadWeights(Weights))
        {
            Assert.That(Bits.Of(loaded.Encode(_row)),
                Is.EqualTo(Bits.Of(_model.Encode(_row))).And.Not.EqualTo(otherCode));
            Assert.That(loaded.OutputColumnName, Is.EqualTo(other.OutputColumnName));
        }
        Assert.That(Bits.Of(other.Encode(_row)), Is.EqualTo(otherCode));
    }

    [Test]
    public void A_file_that_is_there_is_replaced_and_nothing_is_left_beside_it()
    {
        File.WriteAllText(Weights, "something else");
        _model.SaveWeights(Weights);
        using AutoencoderTransformer loaded = _model.LoadWeights(Weights);
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { Weights }));
    }

    [Test]
    public void A_file_of_another_network_is_refused()
    {
        using AutoencoderTransformer other = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new() { CodeSize = Stage.CodeSize, Network = Network.Dense(9), Training = Small.Training() })
                .Fit(Rows.View(_ml, 20));
        other.SaveWeights(Weights);
        RequireRefusal("The weights' tensor 'encoder.0.weight' is [9, 12]; the network needs [8, 12].");
    }

    [Test]
    public void Scaling_belongs_to_the_weights()
    {
        using AutoencoderTransformer unscaled = Fit(InputScaling.None, seed: 1);
        unscaled.SaveWeights(Weights);
        RequireRefusal("The weights have no tensor 'input.offset'.");
        _model.SaveWeights(Weights);
        Assert.That(() => unscaled.LoadWeights(Weights), Throws.TypeOf<FormatException>().With.Message.EqualTo(
            $"'{Weights}' cannot be loaded. The weights hold a tensor 'input.offset' that the network does not have."));
    }

    [Test]
    public void A_file_that_is_cut_short_is_refused_and_nothing_is_left_alive()
    {
        _model.SaveWeights(Weights);
        byte[] whole = File.ReadAllBytes(Weights);
        long before = LiveTensors.Now;
        foreach (int length in new[] { 0, 7, 8, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(Weights, whole[..length]);
            Assert.That(() => _model.LoadWeights(Weights),
                Throws.TypeOf<FormatException>().With.Message.StartsWith($"'{Weights}' cannot be loaded. The weights"));
        }
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void A_number_that_is_none_is_refused_and_nothing_is_left_alive()
    {
        _model.SaveWeights(Weights);
        byte[] bytes = File.ReadAllBytes(Weights);
        BitConverter.TryWriteBytes(bytes.AsSpan(^4..), float.NaN);
        File.WriteAllBytes(Weights, bytes);
        long before = LiveTensors.Now;
        RequireRefusal("The weights' tensor 'input.scale' holds a value that is not a finite number.");
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void A_place_that_cannot_be_written_is_left_as_it_was()
    {
        Assert.That(() => _model.SaveWeights(_folder.File("no such folder/weights")),
            Throws.TypeOf<DirectoryNotFoundException>());
        Directory.CreateDirectory(Weights);
        Assert.That(() => _model.SaveWeights(Weights),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.EqualTo(new[] { Weights }));
    }

    [Test]
    public void A_path_is_needed_and_a_file_behind_it()
    {
        Assert.That(() => _model.SaveWeights(" "), Throws.ArgumentException.With.Property("ParamName").EqualTo("path"));
        Assert.That(() => _model.LoadWeights(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("path"));
        Assert.That(() => _model.LoadWeights(Weights), Throws.TypeOf<FileNotFoundException>());
    }

    private AutoencoderTransformer Fit(InputScaling scaling, int seed) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Scaling = scaling,
            Training = new() { Epochs = 1, Seed = seed },
        }).Fit(Rows.View(_ml, 20));

    private void RequireRefusal(string message) =>
        Assert.That(() => _model.LoadWeights(Weights),
            Throws.TypeOf<FormatException>().With.Message.EqualTo($"'{Weights}' cannot be loaded. {message}"));
}
