using System.Text.RegularExpressions;
using Microsoft.ML;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Which checkpoints a fit goes on from, and what it says of the others.</summary>
internal sealed class CheckpointTests
{
    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _folder = null!;

    private string File => _folder.File("checkpoint.zip");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Where_none_is_there_yet_the_fit_starts_anew()
    {
        string folder = _folder.File("a/b");
        Fit(Training(folder, resumeFrom: folder + Path.DirectorySeparatorChar));
        Assert.That(System.IO.File.Exists(Path.Combine(folder, "checkpoint.zip")), Is.True);
    }

    [Test]
    public void One_that_is_nowhere_is_an_error() =>
        Assert.That(() => Fit(Training(_folder.Path, resumeFrom: _folder.File("else"))),
        Throws.InvalidOperationException.With.Message.EqualTo(
            $"TrainingOptions.ResumeFrom is '{_folder.File("else")}', and there is no checkpoint " +
            $"'{Path.Combine(_folder.File("else"), "checkpoint.zip")}'. Give the folder of one, or leave it out."));

    [Test]
    public void One_with_other_options_is_refused()
    {
        Fit(Training(_folder.Path));
        RequireRefusal(() => Fit(Training(_folder.Path, _folder.Path, learningRate: 0.5f)),
            "training.learningRate is 0.5 here and 0.01 there");
        RequireRefusal(() => Fit(Training(_folder.Path, _folder.Path), codeSize: 2),
            "model.network.encoder.layers is * here and * there");
    }

    [TestCase(9)]
    [TestCase(2)]
    public void One_of_more_or_fewer_epochs_is_refused_with_what_to_do(int epochs)
    {
        Fit(Training(_folder.Path));
        Assert.That(() => Fit(Training(_folder.Path, _folder.Path, epochs: epochs)),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"The checkpoint '{File}' is from a fit of 3 epochs, and TrainingOptions.Epochs is {epochs}. Resuming " +
            "completes the fit that was begun; it does not make it longer or shorter. Set " +
            "TrainingOptions.Epochs to 3 to complete it, or leave out TrainingOptions.ResumeFrom to start a new fit " +
            $"of {epochs} epochs."));
    }

    [Test]
    public void One_of_other_rows_is_refused()
    {
        Fit(Training(_folder.Path));
        RequireRefusal(() => Fit(Training(_folder.Path, _folder.Path), rows: 41), "the rows are different");
        RequireRefusal(() => Fit(Training(_folder.Path, _folder.Path), seedOfRows: 2), "the rows are different");
    }

    [Test]
    public void Its_seed_is_taken_where_none_is_set()
    {
        var unseeded = new MLContext();
        TrainingOptions Unseeded(string? resumeFrom = null) =>
            new() { Epochs = 2, BatchSize = 16, Checkpoint = new(_folder.Path), ResumeFrom = resumeFrom };
        using AutoencoderTransformer first = Stage.Make(unseeded, Unseeded()).Fit(Rows.View(unseeded, 40));
        using AutoencoderTransformer second = Stage.Make(unseeded, Unseeded(_folder.Path)).Fit(Rows.View(unseeded, 40));
        Assert.That(second.Encode(Rows.Make(1)[0].Features), Is.EqualTo(first.Encode(Rows.Make(1)[0].Features)));
    }

    [Test]
    public void What_overflowed_in_the_optimizer_alone_is_no_hindrance()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Rows.Make(40)
            .Select(row => new Row { Features = [.. row.Features.Select(value => 1e12f * value)] }));
        float[] Weights(TrainingOptions training)
        {
            using AutoencoderTransformer model = Stage.Make(_ml, training).Fit(rows);
            return model.Encode(Rows.Make(1)[0].Features);
        }

        float[] expected = Weights(Training(_folder.File("whole")));
        Assert.That(() =>
            Weights(Training(_folder.Path, onEpoch: epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0)),
                Throws.TypeOf<TimeoutException>());
        var tensors = new SafeTensorsReader(new MemoryStream(new CheckpointZip(File).Tensors));
        Assert.That(tensors.Names.Where(name => tensors.Read(name, mayBeInfinite: true).Any(float.IsInfinity)),
            Is.Not.Empty.And.All.StartsWith("optimizer.0.square."));
        Assert.That(Weights(Training(_folder.Path, _folder.Path)), Is.EqualTo(expected));
    }

    [Test]
    public void A_damaged_one_is_refused_wherever_the_damage_is()
    {
        Fit(Training(_folder.Path));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 3 == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            else
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            System.IO.File.WriteAllBytes(File, damaged);
            // Bits that mean nothing, as the time of an entry, may be others.
            try
            {
                Fit(Training(_folder.Path, _folder.Path));
            }
            catch (InvalidOperationException error)
            {
                Assert.That(error.Message, Does.StartWith($"The checkpoint '{File}' "));
            }
        }
    }

    [Test]
    public void Fits_that_are_killed_end_with_the_weights_of_one_that_is_not() =>
        Assert.That(DotNet.Run(Path.Combine(Repository.BenchmarksOutput, "Ml.Autoencoders.Benchmarks.dll"),
            "kills", "3")[^1],
            Does.EndWith(" 3 identical final weights"));

    [TestCase("", 1, 1, "CheckpointOptions: folder is empty or white space. (Parameter 'folder')")]
    [TestCase("run", 0, 1, "CheckpointOptions: everyEpochs is 0; it must be at least 1. (Parameter 'everyEpochs')")]
    [TestCase("run", 1, 0, "CheckpointOptions: every is 0; it must be above 0. (Parameter 'every')")]
    public void Options_are_checked(string folder, int everyEpochs, double seconds, string message) =>
        Assert.That(() => new CheckpointOptions(folder, everyEpochs, TimeSpan.FromSeconds(seconds)),
            Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));

    [Test]
    public void A_folder_to_resume_from_has_a_name() => Assert.That(() => Stage.Make(_ml, new() { ResumeFrom = " " }),
        Throws.ArgumentException.With.Message.Contains("ResumeFrom is empty or white space."));

    private static TrainingOptions Training(string folder, string? resumeFrom = null, int epochs = 3,
        float learningRate = 0.01f, Action<TrainingEpoch>? onEpoch = null) => new()
        {
            Epochs = epochs,
            BatchSize = 16,
            LearningRate = learningRate,
            Seed = 7,
            Checkpoint = new(folder),
            ResumeFrom = resumeFrom,
            OnEpoch = onEpoch,
        };

    private void Fit(TrainingOptions training, int codeSize = 3, int rows = 40, int seedOfRows = 1) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new() { CodeSize = codeSize, Network = Small.Network, Training = training })
            .Fit(Rows.View(_ml, rows, seedOfRows)).Dispose();

    /// <param name="fit">A fit that is to be refused.</param>
    /// <param name="difference">For what, with a star for anything.</param>
    private void RequireRefusal(Action fit, string difference)
    {
        string pattern =
            Regex.Escape(
                $"The checkpoint '{File}' is from another fit: {difference}. A fit resumes with the rows, columns " +
                "and options that ")
            .Replace("\\*", ".*", StringComparison.Ordinal);
        Assert.That(() => fit(), Throws.InvalidOperationException.With.Message.Matches($"^{pattern}"));
    }
}
