using System.Diagnostics;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Folders of checkpoints that another fit is at, and checkpoints that cannot be opened.</summary>
internal sealed class SharedCheckpointTests
{
    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _folder = null!;

    private string File => _folder.File("checkpoint.zip");

    private string Taken =>
        "TrainingOptions.Checkpoint: another fit, of this process or of another, is writing its checkpoints to " +
            $"'{_folder.Path}'. " +
        "Wait until it has ended, or give each fit its own folder.";

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_second_fit_is_refused_before_it_reads_rows_and_the_first_is_not_disturbed()
    {
        int refused = 0;
        Fit(Training(resumeFrom: null, epoch =>
        {
            Assert.That(() => Stage.Make(_ml, Training()).Fit(new UnreadableView(Rows.View(_ml, 40))),
                Throws.InvalidOperationException.With.Message.EqualTo(Taken));
            Assert.That(System.IO.File.Exists(File), Is.EqualTo(epoch.Epoch > 1));
            refused++;
        }));
        Assert.That(refused, Is.EqualTo(3));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.EqualTo(new[] { File }));
    }

    [Test]
    public void After_the_first_however_it_ended_the_folder_is_free()
    {
        Assert.That(() => Fit(Training(onEpoch: _ => throw new TimeoutException())), Throws.TypeOf<TimeoutException>());
        Fit(Training());
        System.IO.File.WriteAllText(File, "no checkpoint");
        Assert.That(() => Fit(Training(_folder.Path)),
            Throws.InvalidOperationException.With.Message.StartsWith($"The checkpoint '{File}' cannot be read: "));
        Fit(Training());
        Fit(Training(_folder.Path));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.EqualTo(new[] { File }));
    }

    [Test]
    public void What_a_killed_process_left_locks_nothing()
    {
        System.IO.File.WriteAllText(_folder.File("checkpoint.lock"), "");
        Fit(Training());
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.EqualTo(new[] { File }));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public void What_a_link_in_the_place_of_the_lock_leads_to_is_not_cut()
    {
        using var elsewhere = new TemporaryFolder();
        string target = elsewhere.File("notes");
        System.IO.File.WriteAllText(target, "kept");
        string link = _folder.File("checkpoint.lock");
        System.IO.File.CreateSymbolicLink(link, target);
        Assert.That(() => Fit(Training()), Throws.InvalidOperationException.With.Message.EqualTo(
            $"TrainingOptions.Checkpoint: a checkpoint cannot be written to '{_folder.Path}': '{link}' is a symbolic " +
            "link, not a regular file. Remove it."));
        Assert.That(System.IO.File.ReadAllText(target), Is.EqualTo("kept"));

        // One that leads to nothing would make a file there.
        System.IO.File.Delete(target);
        Assert.That(() => Fit(Training()), Throws.InvalidOperationException.With.Message.Contains("symbolic link"));
        Assert.That(System.IO.File.Exists(target), Is.False);
    }

    [Test]
    public void A_fit_that_only_resumes_from_it_may_share_it()
    {
        Fit(Training());
        // Whether checkpoints are written makes no difference: the other options of the fit are the same.
        var resumed = new TrainingOptions { Epochs = 3, BatchSize = 16, Seed = 7, ResumeFrom = _folder.Path };
        Fit(Training(onEpoch: _ => Fit(resumed)));
    }

    [Test]
    public void Of_many_at_once_one_is_let_in_at_a_time()
    {
        int inside = 0;
        int most = 0;
        int refused = 0;
        Parallel.For(0, 8, _ =>
        {
            try
            {
                Fit(Training(onEpoch: epoch =>
                {
                    if (epoch.Epoch == 1)
                        most = Math.Max(most, Interlocked.Increment(ref inside));
                    else if (epoch.Epoch == 3)
                        Interlocked.Decrement(ref inside);
                }));
            }
            catch (InvalidOperationException error) when (error.Message == Taken)
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.That(most, Is.EqualTo(1));
        Assert.That(refused, Is.LessThan(8));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Path), Is.EqualTo(new[] { File }));
    }

    [Test]
    public void One_that_cannot_be_opened_is_an_error_in_words()
    {
        Fit(Training());
        using (new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.That(() => Fit(Training(_folder.Path)), Throws.InvalidOperationException
                .With.Message.StartsWith($"The checkpoint '{File}' cannot be opened: ")
                .And.Message.EndsWith(
                    " Give this process the right to read it, or leave out TrainingOptions.ResumeFrom.")
                .And.InnerException.InstanceOf<IOException>());
        }
    }

    [Test]
    [Platform("Linux")]
    public void A_pipe_is_not_waited_for()
    {
        string other = _folder.File("other");
        Directory.CreateDirectory(other);
        MakePipe(Path.Combine(other, "checkpoint.zip"));
        Assert.That(() => Fit(new() { Epochs = 1, ResumeFrom = other }),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"The checkpoint '{Path.Combine(other, "checkpoint.zip")}' is a named pipe, not a regular file. " +
            "Remove it, or leave out TrainingOptions.ResumeFrom."));

        MakePipe(_folder.File("checkpoint.lock"));
        Assert.That(() => Fit(Training()), Throws.InvalidOperationException.With.Message.EqualTo(
            $"TrainingOptions.Checkpoint: a checkpoint cannot be written to '{_folder.Path}': " +
            $"'{_folder.File("checkpoint.lock")}' is a named pipe, not a regular file."));
    }

    private static void MakePipe(string path)
    {
        using Process made = Process.Start("mkfifo", path);
        made.WaitForExit();
        Assert.That(made.ExitCode, Is.Zero);
    }

    private TrainingOptions Training(string? resumeFrom = null, Action<TrainingEpoch>? onEpoch = null) =>
        new()
        {
            Epochs = 3,
            BatchSize = 16,
            Seed = 7,
            Checkpoint = new(_folder.Path),
            ResumeFrom = resumeFrom,
            OnEpoch = onEpoch,
        };

    private void Fit(TrainingOptions training) => Stage.Make(_ml, training).Fit(Rows.View(_ml, 40)).Dispose();
}
