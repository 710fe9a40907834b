using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Checkpoints that an accident has altered: an error, or the weights that the whole one leads to; never
/// others.</summary>
internal sealed class DamagedCheckpointTests
{
    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _folder = null!;
    private byte[] _whole = [];
    private int[] _expected = [];

    private string File => _folder.File("checkpoint.zip");

    [OneTimeSetUp]
    public void Write()
    {
        _folder = new TemporaryFolder();
        Assert.That(() => Fit(resumes: false, epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0),
            Throws.TypeOf<TimeoutException>());
        _whole = System.IO.File.ReadAllBytes(File);
        _expected = Fit(resumes: true);
    }

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_flipped_bit_anywhere_gives_an_error_or_changes_nothing()
    {
        var random = new Random(3);
        RequireErrorOrTheSame(Enumerable.Range(0, 400).Select(_ => random.Next(8 * _whole.Length)), least: 380);
    }

    /// <summary>What the zip file says of itself: every byte that belongs to no entry.</summary>
    [Test]
    public void A_flipped_bit_of_the_directory_gives_an_error_or_changes_nothing()
    {
        int description = _whole.AsSpan().LastIndexOf("Checkpoint.json"u8);
        int directory = _whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x50, 0x4B, 1, 2]);
        Assert.That(directory, Is.GreaterThan(_whole.Length - 300).And.LessThan(description));
        int[] headers =
            [.. Enumerable.Range(0, 80), .. Enumerable.Range(_whole.AsSpan().IndexOf("Checkpoint.json"u8) - 30, 50),
            .. Enumerable.Range(directory, _whole.Length - directory)];
        RequireErrorOrTheSame(headers.Select(place => 8 * place + place % 8), least: 60);
    }

    [Test]
    public void A_number_of_the_description_that_an_accident_made_another_is_refused()
    {
        int place = _whole.AsSpan().IndexOf("\"bestLoss\": 0."u8) + 15;
        byte[] damaged = [.. _whole];
        damaged[place] ^= 1;
        RequireRefusal(damaged, "'Checkpoint.json' is damaged: its CRC-32 is not the one that was saved with it.");
    }

    [Test]
    public void A_checkpoint_of_the_first_version_is_gone_on_with_to_the_same_weights()
    {
        byte[] first = OfFirstVersion();
        System.IO.File.WriteAllBytes(File, first);
        Assert.That(Fit(resumes: true), Is.EqualTo(_expected));
        int place = first.AsSpan().IndexOf("\"bestLoss\": 0."u8) + 15;
        first[place] ^= 1;
        RequireRefusal(first, "'Checkpoint.json' is damaged: its CRC-32 is not the one that was saved with it.");
    }

    [Test]
    public void An_entry_that_is_there_twice_is_refused()
    {
        System.IO.File.WriteAllBytes(File, _whole);
        using (ZipArchive zip = ZipFile.Open(File, ZipArchiveMode.Update))
        {
            using Stream entry = zip.CreateEntry("Checkpoint.json", CompressionLevel.NoCompression).Open();
            entry.Write("{}"u8);
        }
        RequireRefusal(System.IO.File.ReadAllBytes(File), "'Checkpoint.json' is in it twice.");
    }

    [Test]
    public void A_newer_version_is_refused_before_anything_unknown_is()
    {
        System.IO.File.WriteAllBytes(File, _whole);
        var zip = new CheckpointZip(File);
        zip.Description["version"] = 6;
        zip.Description["fit"]!["model"]!["color"] = 1;
        zip.Write(File);
        RequireRefusal(System.IO.File.ReadAllBytes(File),
            "The checkpoint's description has version 6; this library reads up to 5.");
    }

    [Test]
    public void A_description_that_would_take_too_much_memory_is_refused()
    {
        long usual = AutoencoderFiles.MaxUnpackedBytes;
        try
        {
            AutoencoderFiles.MaxUnpackedBytes = 1000;
            RequireRefusal(_whole, "'Checkpoint.json' would take ");
        }
        finally
        {
            AutoencoderFiles.MaxUnpackedBytes = usual;
        }
    }

    [TestCase("")]
    [TestCase("123456789", 0xCBF43926u)]
    [TestCase("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_is_that_of_zip_files(string text, uint expected = 0) =>
        Assert.That(Crc32.Of(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    /// <summary>An object for each epoch, and a version of 1.</summary>
    private byte[] OfFirstVersion()
    {
        System.IO.File.WriteAllBytes(File, _whole);
        var zip = new CheckpointZip(File);
        JsonNode run = zip.State["progress"]!["history"]![0]!;
        JsonNode Loss(string name, int i) => new JsonObject
        {
            ["total"] = run[name]!["total"]![i]!.DeepClone(),
            ["terms"] = new JsonObject { ["reconstruction"] = run[name]!["terms"]!["reconstruction"]![i]!.DeepClone() },
        };
        zip.State["progress"]!["history"] =
            new JsonArray([.. Enumerable.Range(0, run["learningRate"]!.AsArray().Count).Select(i => new JsonObject
        {
            ["epoch"] = i + 1,
            ["epochs"] = run["asked"]!.DeepClone(),
            ["training"] = Loss("training", i),
            ["validation"] = null,
            ["learningRate"] = run["learningRate"]![i]!.DeepClone(),
            ["rowsPerSecond"] = run["rowsPerSecond"]![i]!.DeepClone(),
            ["elapsed"] = TimeSpan.FromTicks(run["elapsed"]![i]!.GetValue<long>()).ToString(),
            ["isBest"] = run["best"]!.AsArray().Any(best => best!.GetValue<int>() == i + 1),
        })]);
        zip.Description["version"] = 1;
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream tensors = archive.CreateEntry("Tensors.safetensors", CompressionLevel.NoCompression).Open())
                tensors.Write(zip.Tensors);
            using Stream description = archive.CreateEntry("Checkpoint.json", CompressionLevel.NoCompression).Open();
            description.Write(Encoding.UTF8.GetBytes(zip.Description.ToJsonString(new() { WriteIndented = true })));
        }
        return stream.ToArray();
    }

    /// <param name="bits">The bits to flip, one in each try.</param>
    /// <param name="least">How many have to be found out.</param>
    private void RequireErrorOrTheSame(IEnumerable<int> bits, int least)
    {
        int refused = 0;
        foreach (int bit in bits)
        {
            byte[] damaged = [.. _whole];
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            System.IO.File.WriteAllBytes(File, damaged);
            try
            {
                Assert.That(Fit(resumes: true), Is.EqualTo(_expected), $"bit {bit} of {8 * _whole.Length}");
            }
            catch (InvalidOperationException error)
            {
                Assert.That(error.Message, Does.StartWith($"The checkpoint '{File}' cannot be read: "),
                    $"bit {bit} of {8 * _whole.Length}");
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(least));
    }

    private void RequireRefusal(byte[] checkpoint, string message)
    {
        System.IO.File.WriteAllBytes(File, checkpoint);
        Assert.That(() => Fit(resumes: true), Throws.InvalidOperationException
            .With.Message.StartsWith($"The checkpoint '{File}' cannot be read: {message}"));
    }

    /// <summary>The bits of all weights in the end.</summary>
    private int[] Fit(bool resumes, Action<TrainingEpoch>? onEpoch = null)
    {
        using AutoencoderTransformer model = Stage.Make(_ml, new()
        {
            Epochs = 3,
            BatchSize = 16,
            Seed = 7,
            EarlyStopping = new(2),
            Checkpoint = resumes ? null : new(_folder.Path),
            ResumeFrom = resumes ? _folder.Path : null,
            OnEpoch = onEpoch,
        }).Fit(Rows.View(_ml, 40));
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights"));
        return [.. SHA256.HashData(System.IO.File.ReadAllBytes(folder.File("weights"))).Select(value => (int)value)];
    }
}
