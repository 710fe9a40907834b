using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Plots;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <summary>
/// The examples of the documentation, run. <see cref="SnippetSourceTests"/> sees to it that none is missing.
/// </summary>
public partial class Snippets
{
    private static readonly Mnist Mnist = Mnist.Load(Repository.PathOf("samples/data/mnist"), rows: 1000);

    private readonly MLContext ml = new(seed: 1);
    private IDataView digits = null!;
    private string _folder = null!;
    private string _workingFolder = null!;
    private TextWriter _console = null!;

    [SetUp]
    public void MakeFolder()
    {
        digits = ml.Data.LoadFromEnumerable(Mnist.Training, Digit.Schema(784));
        _folder = Directory.CreateTempSubdirectory().FullName;
        _workingFolder = Environment.CurrentDirectory;
        Environment.CurrentDirectory = _folder;
        _console = Console.Out;
    }

    [TearDown]
    public void RemoveFolder()
    {
        Console.SetOut(_console);
        Environment.CurrentDirectory = _workingFolder;
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void The_pipeline_of_the_readme_is_fitted_saved_and_loaded()
    {
        IDataView digits = ml.Data.TakeRows(this.digits, 300);
        float[] pixels = Mnist.Training[0].Pixels;

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.Autoencoders.Denoising("Code", "Pixels", codeSize: 32))
            .AppendCacheCheckpoint(ml)                                   // the classifier reads its rows many times
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"));
        var model = pipeline.Fit(digits);

        ml.Model.Save(model, digits.Schema, "digits.zip");               // network and weights inside
        ITransformer loaded = ml.Model.Load("digits.zip", out _);        // in any process that references the library
        using RowEncoder<Digit> encoder = ml.Model.CreateEncoder<Digit>(loaded, "Code", Digit.Schema(784));
        float[] code = encoder.Encode(new Digit { Pixels = pixels });    // runs every stage before the autoencoder, too
        float[] picture = encoder.Autoencoder.Decode(code);

        Assert.That(code, Is.EqualTo(model.GetAutoencoder("Code").Encode(pixels)));
        Assert.That(picture, Has.Length.EqualTo(784));
        model.Dispose();
        encoder.Autoencoder.Dispose();
    }

    [Test]
    public void The_estimators_of_the_readme_promise_a_code_column()
    {
        var pca = ml.Transforms.ProjectToPrincipalComponents("Code", "Pixels", rank: 32);
        var autoencoder = ml.Transforms.Autoencoders.Plain("Code", "Pixels", codeSize: 32);

        var estimator = ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Dense([512, 256], Activation.Relu, batchNorm: true),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Corruption = Corruption.Masking(0.5f),
            ReconstructionColumnName = "Clean",
            ErrorColumnName = "Error",
            Training = new()
            {
                Epochs = 8,
                BatchSize = 256,
                LearningRate = 2e-3f,
                Schedule = LearningRateSchedule.Cosine(),
            },
        });

        SchemaShape input = SchemaShape.Create(digits.Schema);
        Assert.That(autoencoder.GetOutputSchema(input).Select(column => column.Name),
            Is.EqualTo(pca.GetOutputSchema(input).Select(column => column.Name)));
        Assert.That(estimator.GetOutputSchema(input).Select(column => column.Name),
            Is.SupersetOf(new[] { "Code", "Clean", "Error" }));
    }

    [Test]
    public void Plain_prints_the_summary_that_its_page_shows()
    {
        string shown = Printed(() =>
        {
            AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = 32,
                Network = Network.Dense(128, 64),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = new() { Epochs = 2 },
            }).Fit(digits);
            Console.WriteLine(model.Summary);
            model.Dispose();
        });
        string page = File.ReadAllText(Repository.PathOf("docs/families/plain.md"));
        Assert.That(page, Does.Contain(shown.Trim().ReplaceLineEndings("\n")));
    }

    [Test]
    public void Sparse_gives_codes_of_many_zeros()
    {
        AutoencoderTransformer sparse = ml.Transforms.Autoencoders.Sparse("Code", "Pixels", new()
        {
            CodeSize = 128,
            SparsityWeight = 0.01f,
            Network = Network.Dense(256),
            Training = new() { Epochs = 5 },
        }).Fit(digits);
        float[][] codes = [.. sparse.Transform(digits).GetColumn<float[]>("Code")];
        double zeros = codes.Average(code => code.Count(value => value == 0) / (double)code.Length);
        Console.WriteLine($"{zeros:P0} of the numbers are 0; {sparse.History[^1]}");
        sparse.Dispose();
        Assert.That(zeros, Is.GreaterThan(0.4));
    }

    [Test]
    public void Denoising_gives_clean_rows()
    {
        AutoencoderTransformer denoising = ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            Corruption = Corruption.Gaussian(0.5f),
            ReconstructionColumnName = "Clean",
            Network = Network.Dense(256),
            Training = new() { Epochs = 2, OnEpoch = epoch => Console.WriteLine(epoch) },
        }).Fit(digits);
        float[][] clean = [.. denoising.Transform(digits).GetColumn<float[]>("Clean")];
        denoising.Dispose();
        Assert.That(clean, Has.Length.EqualTo(1000).And.All.Length.EqualTo(784));
    }

    [Test]
    public void Groups_of_slots_are_given_as_ranges()
    {
        DenoisingOptions options = new()
        {
            // Slots 3 to 6 are one category, and slots 7 and 8 are another.
            Corruption = Corruption.Swap(0.15f, 3..7, 7..9),
        };
        Assert.That(options.Corruption.ToString(), Is.EqualTo("SwapNoise(0.15, [3..7, 7..9])"));
    }

    [Test]
    public void The_networks_of_the_options_page_fit_digits()
    {
        Network dense = Network.Dense(512, 256);
        Network normalized = Network.Dense([512, 256], Activation.Relu, batchNorm: true);
        Network images = Network.Convolutional(height: 28, width: 28, channels: 1, filters: [16, 32]);
        Network series = Network.Temporal(filters: [32, 16], kernel: 7);
        Network own = Network.Compose(
            encoder: layers => layers.Linear(300).Gelu().LayerNorm().Linear(64).Gelu(),
            decoder: layers => layers.Linear(300).Gelu().Linear(784).Sigmoid());

        foreach (Network network in new[] { dense, normalized, images, series, own })
        {
            using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                Network = network,
                Sequence = network == series ? new SequenceFormat(steps: 28, channels: 28) : null,
                Training = new() { Epochs = 1 },
            }).Fit(ml.Data.TakeRows(digits, 100));
            Assert.That(model.Summary.Layers[^1].OutputShape, Is.EqualTo("784"));
        }
    }

    [Test]
    public void The_training_options_of_the_options_page_are_valid()
    {
        using var source = new CancellationTokenSource();
        var training = new TrainingOptions
        {
            Epochs = 50,
            BatchSize = 256,
            LearningRate = 2e-3f,
            Optimizer = OptimizerKind.AdamW,
            Schedule = LearningRateSchedule.Cosine(),
            ValidationFraction = 0.1f,
            EarlyStopping = new(patience: 3),
            OnEpoch = epoch => Console.WriteLine(epoch),
            Cancellation = source.Token,
        };
        source.Cancel();
        Assert.That(() => ml.Transforms.Autoencoders.Plain("Code", "Pixels", new() { Training = training }).Fit(digits),
            Throws.TypeOf<OperationCanceledException>(), "the fit was canceled before it had its rows");
    }

    [Test]
    public void A_long_fit_is_written_down()
    {
        using var temporary = new TemporaryFolder();
        string folder = temporary.File("run1");
        var training = new TrainingOptions
        {
            Epochs = 200,
            Checkpoint = new(folder, everyEpochs: 5, every: TimeSpan.FromMinutes(10)),
            ResumeFrom = folder,
        };
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels",
            new() { Network = Network.Dense(8), Training = training })
            .Fit(ml.Data.TakeRows(digits, 4));
        Assert.That(File.Exists(Path.Combine(folder, "checkpoint.zip")), Is.True);
    }

    [Test]
    public void Options_are_varied()
    {
        var training = new TrainingOptions { Epochs = 2 };
        var small = new PlainOptions { CodeSize = 8, Training = training };
        PlainOptions large = small with { CodeSize = 64, ErrorColumnName = "Error" };

        Assert.That((small.CodeSize, large.CodeSize, large.ErrorColumnName, large.Training),
            Is.EqualTo((8, 64, "Error", training)));
    }

    [Test]
    public void Rows_have_a_bound()
    {
        var training = new TrainingOptions { RowMemoryMegabytes = 512 };
        Assert.That(training.RowMemoryMegabytes, Is.EqualTo(512));
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            Network = Network.Dense(8),
            Training = new() { RowMemoryMegabytes = 1, Epochs = 2 },
        }).Fit(digits);
        Assert.That(model.History, Has.Count.EqualTo(2));
    }

    [Test]
    public void Weights_go_out_and_in()
    {
        using AutoencoderTransformer transformer = Fitted();

        transformer.SaveWeights("weights.safetensors");
        using AutoencoderTransformer other = transformer.LoadWeights("weights.safetensors");

        float[] row = Mnist.Training[0].Pixels;
        Assert.That(other.Encode(row), Is.EqualTo(transformer.Encode(row)));
    }

    [Test]
    public void Pictures_are_drawn()
    {
        float[][] clean = [.. Mnist.Training.Take(5).Select(digit => digit.Pixels)];
        float[][] noisy = clean;
        using AutoencoderTransformer transformer = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            Training = new() { Epochs = 2 },
        }).Fit(ml.Data.TakeRows(digits, 100));

        new ImageGrid(height: 28, width: 28) { Title = "Denoised digits", Scale = 3 }
            .AddRow(noisy, "noisy")
            .AddRow(clean, "denoised")
            .Save("digits.png");
        new LineChart { Title = "Training loss", XTitle = "epoch", YTitle = "loss" }
            .AddSeries("training", transformer.History.Select(epoch => epoch.Training.Total))
            .Save("losses.png");

        Assert.That(new[] { "digits.png", "losses.png" }.Select(File.Exists), Is.All.True);
    }

    [Test]
    public void A_context_names_its_gpu()
    {
        var ml = new MLContext(seed: 1) { GpuDeviceId = 0, FallbackToCpu = true };

        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            Training = new() { Epochs = 1 },
        }).Fit(ml.Data.TakeRows(digits, 100));
        Assert.That(model.Device, Is.EqualTo("cpu").Or.EqualTo("cuda:0"));
    }

    private AutoencoderTransformer Fitted() => ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
    {
        Training = new() { Epochs = 1 },
    }).Fit(ml.Data.TakeRows(digits, 100));

    private static string Printed(Action print)
    {
        TextWriter before = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(text);
        try
        {
            print();
        }
        finally
        {
            Console.SetOut(before);
        }
        return text.ToString();
    }
}
