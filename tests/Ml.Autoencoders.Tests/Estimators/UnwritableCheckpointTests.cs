using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>
/// Folders that no checkpoint can be written to, from the beginning or from some epoch on, and what lies there from
/// processes that were killed.
/// </summary>
internal sealed class UnwritableCheckpointTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _warnings = [];
    private readonly List<string> _lines = [];
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Listen() => _ml.Log += (_, line) =>
    {
        _lines.Add(line.RawMessage);
        // So short a fit is warned of for what it has learned, too.
        if (line.Kind == ChannelMessageKind.Warning
            && !line.RawMessage.StartsWith("The reconstruction loss", StringComparison.Ordinal))
            _warnings.Add(line.RawMessage);
    };

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _warnings.Clear();
        _lines.Clear();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_file_in_the_place_of_the_folder_is_found_before_rows_are_read()
    {
        string blocked = _folder.File("h.csv");
        File.WriteAllText(blocked, "a,b");
        Assert.That(() => Stage.Make(_ml, Training(blocked)).Fit(new UnreadableView(Rows.View(_ml, 40))),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"TrainingOptions.Checkpoint: a checkpoint cannot be written to '{blocked}': The file '{blocked}' " +
            "already exists."));
        Assert.That(File.ReadAllText(blocked), Is.EqualTo("a,b"));
    }

    [Test]
    public void A_folder_in_the_place_of_the_file_is_found_before_rows_are_read()
    {
        string file = _folder.File("checkpoint.zip");
        Directory.CreateDirectory(file);
        Assert.That(() => Stage.Make(_ml, Training(_folder.Path)).Fit(new UnreadableView(Rows.View(_ml, 40))),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"TrainingOptions.Checkpoint: a checkpoint cannot be written to '{_folder.Path}': '{file}' cannot be " +
            "written: there is a folder of that name."));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.EqualTo(new[] { file }));
    }

    [Test]
    public void Trying_a_folder_leaves_nothing_in_it()
    {
        string folder = _folder.File("new");
        Assert.That(() => Stage.Make(_ml, Training(folder)).Fit(new UnreadableView(Rows.View(_ml, 40))),
            Throws.Exception);
        Assert.That(Directory.Exists(folder), Is.True);
        Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.Empty);
    }

    [Test]
    public void A_folder_that_goes_away_is_warned_of_and_tried_again()
    {
        string folder = _folder.File("run");
        string file = Path.Combine(folder, "checkpoint.zip");
        using AutoencoderTransformer expected = Stage.Make(_ml, Training(_folder.File("whole")))
            .Fit(Rows.View(_ml, 40));
        _warnings.Clear();
        using AutoencoderTransformer model = Stage.Make(_ml, Training(folder, epoch =>
        {
            if (epoch.Epoch == 2)
            {
                Directory.Delete(folder, recursive: true);
                File.WriteAllText(folder, "");
            }
            else if (epoch.Epoch == 4)
            {
                File.Delete(folder);
            }
        })).Fit(Rows.View(_ml, 40));
        Assert.That(_warnings, Is.EqualTo(new[]
        {
            $"The checkpoint '{file}' cannot be written now; the last complete one stays, and the fit continues " +
                $"and tries again at the next: The file '{folder}' already exists.",
        }));
        Assert.That(_lines,
            Has.One.EqualTo($"2 checkpoints could not be written to '{folder}'; the last one was written."));
        Assert.That(File.Exists(file), Is.True);
        float[] row = Rows.Make(1)[0].Features;
        Assert.That(model.Encode(row), Is.EqualTo(expected.Encode(row)));
    }

    [Test]
    public void The_last_whole_one_stays_where_the_next_cannot_be_written()
    {
        string folder = _folder.File("run");
        string file = Path.Combine(folder, "checkpoint.zip");
        string kept = _folder.File("kept.zip");
        Stage.Make(_ml, Training(folder, epoch =>
        {
            if (epoch.Epoch != 4)
                return;
            File.Move(file, kept);
            Directory.CreateDirectory(file);
        })).Fit(Rows.View(_ml, 40)).Dispose();
        Assert.That(_warnings, Is.EqualTo(new[]
        {
            $"The checkpoint '{file}' cannot be written now; the last complete one stays, and the fit continues " +
                $"and tries again at the next: '{file}' cannot be written: there is a folder of that name.",
        }));
        Directory.Delete(file);
        File.Move(kept, file);
        Assert.That(new CheckpointZip(file).State["progress"]!["history"]![0]!["learningRate"]!.AsArray(),
            Has.Count.EqualTo(3));
    }

    [Test]
    public void A_disk_that_stays_full_is_warned_of_once()
    {
        string folder = _folder.File("run");
        Stage.Make(_ml, Training(folder, epoch =>
        {
            if (epoch.Epoch != 1)
                return;
            File.Delete(Path.Combine(folder, "checkpoint.zip"));
            Directory.CreateDirectory(Path.Combine(folder, "checkpoint.zip"));
        }, TimeSpan.FromTicks(1))).Fit(Rows.View(_ml, 40), Rows.View(_ml, 40)).Dispose();
        Assert.That(_warnings, Has.Count.EqualTo(1));
        Assert.That(_lines,
            Has.One.Matches(@"^\d+ checkpoints could not be written to '.*'; the last one is among them\.$"));
    }

    [Test]
    public void What_a_killed_process_left_of_the_same_file_is_removed_and_nothing_else()
    {
        string id = Guid.NewGuid().ToString("N");
        string left = _folder.File($"checkpoint.zip.{id}.partial");
        string live = _folder.File($"checkpoint.zip.{Guid.NewGuid():N}.partial");
        string[] others = [.. new[]
        {
            $"other.zip.{id}.partial",
            $"checkpoint.zip.old.{id}.partial",
            "checkpoint.zip.mine.partial",
            "checkpoint.zip.partial",
            $"checkpoint.zip.{id}",
        }.Select(_folder.File)];
        foreach (string file in others.Append(left))
            File.WriteAllText(file, "half");
        using (new FileStream(live, FileMode.CreateNew, FileAccess.Write))
            Stage.Make(_ml, Training(_folder.Path)).Fit(Rows.View(_ml, 40)).Dispose();
        Assert.That(Directory.EnumerateFiles(_folder.Path),
            Is.EquivalentTo(others.Append(live).Append(_folder.File("checkpoint.zip"))));
        Assert.That(_warnings, Is.Empty);
    }

    private static TrainingOptions Training(string folder, Action<TrainingEpoch>? onEpoch = null,
        TimeSpan? every = null) =>
        new()
        {
            Epochs = 4,
            BatchSize = 4,
            LearningRate = 0.01f,
            Seed = 7,
            Checkpoint = new(folder, every: every),
            OnEpoch = onEpoch,
        };
}
