using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using static System.FormattableString;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>What reading a file takes of memory, and the bound on it.</summary>
internal sealed class FileMemoryTests
{
    /// <summary>What a load takes whatever the model's size.</summary>
    private const long Besides = 4 << 20;

    private readonly MLContext _ml = new(seed: 1);
    private byte[] _saved = [];
    private long _unpacked;
    private long _usual;

    [OneTimeSetUp]
    public void Save()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        _saved = ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema);
        _unpacked = Unpacked(_saved);
        _usual = AutoencoderFiles.MaxUnpackedBytes;
    }

    [TearDown]
    public void Reset() => AutoencoderFiles.MaxUnpackedBytes = _usual;

    [Test]
    public void It_is_one_gibibyte_where_nobody_says_otherwise()
    {
        Assert.That(AutoencoderFiles.FromSetting(null), Is.EqualTo(1L << 30));
        Assert.That(_usual, Is.EqualTo(1L << 30));
        Assert.That(AutoencoderFiles.FromSetting("4294967296"), Is.EqualTo(1L << 32));
        Assert.That(AutoencoderFiles.FromSetting(5000L), Is.EqualTo(5000));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1e9")]
    [TestCase("1 GiB")]
    [TestCase("")]
    [TestCase("99999999999999999999")]
    public void A_setting_that_is_no_number_of_bytes_is_refused(string setting) =>
        Assert.That(() => AutoencoderFiles.FromSetting(setting),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The runtime setting 'Ml.Autoencoders.MaxUnpackedBytes' is " +
                $"'{setting}'; it must be a whole number above 0."));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(long.MinValue)]
    public void A_bound_below_one_is_refused(long bytes) => Assert.That(() => AutoencoderFiles.MaxUnpackedBytes = bytes,
        Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith(
            Invariant($"AutoencoderFiles: MaxUnpackedBytes is {bytes}; it must be at least 1.")));

    [Test]
    public void A_file_of_more_than_may_be_is_refused_and_one_of_as_much_is_read()
    {
        AutoencoderFiles.MaxUnpackedBytes = Math.Max(_unpacked, Room(_saved));
        (ModelZip.Load(_ml, _saved) as IDisposable)!.Dispose();
        AutoencoderFiles.MaxUnpackedBytes = _unpacked - 1;
        RequireRefusal(_saved,
            Invariant($"The autoencoders in it would take {_unpacked:N0} bytes, and at most ") +
            Invariant($"{_unpacked - 1:N0} are allowed. ") +
            "If you trust the file, set AutoencoderFiles.MaxUnpackedBytes higher.");
    }

    [Test]
    public void Autoencoders_of_one_file_count_together()
    {
        using var chain = Stage.Make(_ml)
            .Append(_ml.Transforms.Autoencoders.Plain("Second", "Code",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }))
            .Fit(Rows.View(_ml, 40));
        byte[] saved = ModelZip.Save(_ml, chain, Rows.View(_ml, 1).Schema);
        Assert.That(Unpacked(saved), Is.GreaterThan(_unpacked + 1000));
        AutoencoderFiles.MaxUnpackedBytes = Unpacked(saved) - 1;
        RequireRefusal(saved,
            Invariant($"The autoencoders in it would take {Unpacked(saved):N0} bytes, "));
    }

    [Test]
    public void Zeros_that_take_little_room_in_the_file_are_refused_before_they_are_unpacked()
    {
        byte[] bomb = new ModelZip(_saved).Replace(ModelZip.Weights, new byte[64 << 20]).ToBytes();
        Assert.That(bomb, Has.Length.LessThan(200_000));
        AutoencoderFiles.MaxUnpackedBytes = 32 << 20;
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefusal(bomb, "The autoencoders in it would take 67,");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Besides));
    }

    [Test]
    public void The_values_of_a_description_count_too()
    {
        AutoencoderFiles.MaxUnpackedBytes = 100_000;
        var zip = new ModelZip(_saved);
        zip.Forge(ModelZip.Description,
            zip.ReadText(ModelZip.Description).Replace("\"layers\": [", $"\"layers\": [{Repeat("0", 5000)},",
            StringComparison.Ordinal));
        byte[] saved = zip.ToBytes();
        Assert.That(Unpacked(saved), Is.LessThan(100_000));
        RequireRefusal(saved, "The 10,");
    }

    [Test]
    public void Texts_count_as_long_as_they_are_in_memory()
    {
        var zip = new ModelZip(_saved);
        string text = new('a', 30_000_000);
        byte[] saved = zip.Forge(ModelZip.Description, zip.ReadText(ModelZip.Description)
            .Replace("\"family\": \"Plain\",", "", StringComparison.Ordinal)
            .Replace("\"scaling\":", $"\"family\": \"{text}\", \"scaling\":", StringComparison.Ordinal)).ToBytes();
        AutoencoderFiles.MaxUnpackedBytes = 50_000_000;
        RequireRefusal(saved, "The 1");
        AutoencoderFiles.MaxUnpackedBytes = 70_000_000;
        (ModelZip.Load(_ml, saved) as IDisposable)!.Dispose();
    }

    [TestCase(10_000)]
    [TestCase(30_000_000)]
    public void A_name_that_nothing_has_is_refused_before_it_is_quoted(int length)
    {
        byte[] saved = With("\"family\"", $"\"{new string('a', length)}\": 1, \"family\"");
        RequireCheapRefusal(saved, length,
            Invariant($"The model's description has a name of {length:N0} bytes; at most 4,096 are read."));
    }

    [Test]
    public void Names_count_as_long_as_they_are_in_memory()
    {
        string names = string.Concat(Enumerable.Range(0, 5000).Select(i => $"\"{i:D4000}\": 1, "));
        byte[] saved = With("\"family\"", $"{names}\"family\"");
        AutoencoderFiles.MaxUnpackedBytes = 30_000_000;
        RequireRefusal(saved, "The 5,");
    }

    [Test]
    public void A_kind_that_nothing_is_is_refused_before_it_is_quoted()
    {
        byte[] saved = With("\"bottleneck\": \"deterministic\"",
            $"\"bottleneck\": \"{new string('a', 30_000_000)}\"");
        RequireCheapRefusal(saved, 30_000_000, "The model's description has a type name of " +
            "30,000,000 bytes; at most 24,576 are read.");
    }

    [Test]
    public void Lists_of_many_are_not_quoted_whole()
    {
        string sizes = $"\"dimensions\": [{Repeat("7", 2_000_000)}";
        byte[] saved = With("\"dimensions\": [", $"{sizes}, ");
        var error = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, saved));
        Assert.That(error.GetBaseException().Message,
            Has.Length.LessThan(500).And.Contain("7, 7, ... (2000001 in all)"));
    }

    [Test]
    public void Who_fits_a_model_that_a_reader_may_refuse_is_told()
    {
        var warnings = new List<string>();
        var ml = new MLContext(seed: 1);
        ml.Log += (_, line) =>
        {
            if (line.RawMessage.Contains("MaxUnpackedBytes", StringComparison.Ordinal))
                warnings.Add(line.RawMessage);
        };
        Stage.Fit(ml).Dispose();
        Assert.That(warnings, Is.Empty);
        long tensors = new ModelZip(_saved).Read(ModelZip.Weights).LongLength;
        AutoencoderFiles.MaxUnpackedBytes = tensors + 100;
        Assert.That(() => ModelZip.Load(_ml, _saved), Throws.InvalidOperationException);
        Stage.Fit(ml).Dispose();
        Assert.That(warnings, Has.One.Matches(
            "^The model's file may take 1,\\d{3},\\d{3} bytes when it is read; at most " +
            Invariant($"{tensors + 100:N0}") + " are allowed by default. " +
            "To load the model, set AutoencoderFiles.MaxUnpackedBytes higher.$"));

        // A history of so many epochs takes more in memory than in the file.
        AutoencoderFiles.MaxUnpackedBytes = _usual;
        warnings.Clear();
        Stage.Make(ml, new() { Epochs = 1_000_000, BatchSize = 16, Seed = 7, EarlyStopping = new(1, 1e6f) })
            .Fit(Rows.View(ml, 40)).Dispose();
        Assert.That(warnings,
            Has.One.Matches("^The model's file may take 1,28\\d,\\d{3},\\d{3} bytes when it is read"));
    }

    [Test]
    public void A_million_layers_are_refused_and_take_no_more_than_the_bound()
    {
        var zip = new ModelZip(_saved);
        zip.Forge(ModelZip.Description,
            zip.ReadText(ModelZip.Description).Replace("\"layers\": [",
            $"\"layers\": [{Repeat("""{"layer":"batchNorm"}""", 1_000_000)},", StringComparison.Ordinal));
        byte[] saved = zip.ToBytes();
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefusal(saved, "it has 1,000,003 layers; at most 10,000 are possible.");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(_usual / 4));

        AutoencoderFiles.MaxUnpackedBytes = 100_000_000;
        before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefusal(saved, "The 4,000,");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000_000));
    }

    [Test]
    public void A_header_of_many_tensors_is_refused_before_it_is_read()
    {
        string entries = string.Join(",", Enumerable.Range(0, 100_000)
            .Select(i => $$"""
                "{{i}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
                """));
        string header = $"{{{entries}}}";
        byte[] weights = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)];
        byte[] saved = new ModelZip(_saved).Forge(ModelZip.Weights, weights).ToBytes();
        RequireRefusal(saved, "The weights have no tensor 'encoder.0.weight'.");
        AutoencoderFiles.MaxUnpackedBytes = 20_000_000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefusal(saved, Invariant($"The weights' header of {header.Length} bytes would take ") +
            Invariant($"{12L * header.Length:N0} bytes, and at most 20,000,000 are allowed. "));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Besides));
    }

    [Test]
    public void Files_of_weights_are_bounded_too()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        using var folder = new TemporaryFolder();
        string file = folder.File("weights");
        model.SaveWeights(file);
        AutoencoderFiles.MaxUnpackedBytes = new FileInfo(file).Length - 1;
        Assert.That(() => model.LoadWeights(file), Throws.TypeOf<FormatException>().With.Message.StartsWith(
            Invariant($"'{file}' cannot be loaded. The weights would take {new FileInfo(file).Length:N0} bytes, ")));
    }

    /// <summary>As an application says it that never names the library.</summary>
    [Test]
    public void A_process_takes_the_bound_from_its_runtime_configuration()
    {
        using var folder = new TemporaryFolder();
        string program = Path.Combine(Repository.LoaderOutput, "Ml.Autoencoders.Loader");
        JsonNode configuration = JsonNode.Parse(File.ReadAllText($"{program}.runtimeconfig.json"))!;
        JsonNode options = configuration["runtimeOptions"]!;
        options["configProperties"] ??= new JsonObject();
        options["configProperties"]!["Ml.Autoencoders.MaxUnpackedBytes"] = 1000;
        File.WriteAllText(folder.File("runtimeconfig.json"), configuration.ToJsonString());
        File.WriteAllBytes(folder.File("model.zip"), _saved);
        Assert.That(() =>
            DotNet.Run("exec", "--runtimeconfig", folder.File("runtimeconfig.json"), "--depsfile",
            $"{program}.deps.json", $"{program}.dll", folder.File("model.zip"), "Code", "1"),
            Throws.InvalidOperationException.With.Message.Contains("bytes, and at most 1,000 are allowed."));
    }

    [Test]
    public void Weights_of_a_dense_model_are_in_memory_once_when_it_is_loaded()
    {
        using AutoencoderTransformer model = Fit(Network.Dense(100_000));
        byte[] saved = ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema);
        long weights = new ModelZip(saved).Read(ModelZip.Weights).Length;
        Assert.That(weights, Is.GreaterThan(12_000_000));
        (long managed, _) = Loaded(saved);
        Assert.That(managed, Is.GreaterThan(weights).And.LessThan(weights + Besides));
    }

    [Test]
    public void Weights_that_torch_computes_with_are_read_into_its_tensors()
    {
        using AutoencoderTransformer model =
            Fit(Network.Compose(layers => layers.Linear(1).Linear(1_600_000).Linear(1), layers => layers.Linear(2)));
        byte[] saved = ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema);
        Assert.That(new ModelZip(saved).Read(ModelZip.Weights), Has.Length.GreaterThan(12_000_000));
        (long managed, long tensors) = Loaded(saved);
        Assert.That(managed, Is.LessThan(Besides));
        Assert.That(tensors, Is.EqualTo(TensorsOf(saved)));
    }

    private static string Repeat(string text, int count) => string.Join(",", Enumerable.Repeat(text, count));

    private static long Unpacked(byte[] model)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(model));
        return zip.Entries.Where(entry => entry.Name is ModelZip.Description or ModelZip.Weights)
            .Sum(entry => entry.Length);
    }

    /// <summary>What the values of the description take.</summary>
    private static long Room(byte[] model) =>
        64 * Values(JsonNode.Parse(new ModelZip(model).ReadText(ModelZip.Description)));

    private static long Values(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => Values(member.Value) + (member.Key.Length + 31) / 32),
        JsonArray elements => elements.Sum(Values),
        JsonValue value => value.ToString().Length / 16,
        _ => 0,
    };

    private static long TensorsOf(byte[] model)
    {
        byte[] weights = new ModelZip(model).Read(ModelZip.Weights);
        return JsonNode.Parse(weights.AsSpan(8, (int)BitConverter.ToInt64(weights)))!.AsObject().Count;
    }

    private AutoencoderTransformer Fit(Network network) => _ml.Transforms.Autoencoders.Plain("Code", "Features",
        new() { CodeSize = 3, Network = network, Training = new() { Epochs = 1, BatchSize = 8, Seed = 7 } })
            .Fit(Rows.View(_ml, 8));

    private (long Managed, long Tensors) Loaded(byte[] saved)
    {
        using var stream = new MemoryStream(saved);
        long tensors = LiveTensors.Now;
        long before = GC.GetAllocatedBytesForCurrentThread();
        ITransformer loaded = _ml.Model.Load(stream, out _);
        long managed = GC.GetAllocatedBytesForCurrentThread() - before;
        tensors = LiveTensors.Now - tensors;
        (loaded as IDisposable)!.Dispose();
        return (managed, tensors);
    }

    /// <summary>The model with other words in its description, and the right digest.</summary>
    private byte[] With(string words, string others)
    {
        var zip = new ModelZip(_saved);
        string description = zip.ReadText(ModelZip.Description);
        int place = description.IndexOf(words, StringComparison.Ordinal);
        Assert.That(place, Is.Positive, words);
        return zip.Forge(ModelZip.Description,
            string.Concat(description.AsSpan(0, place), others, description.AsSpan(place + words.Length))).ToBytes();
    }

    /// <summary>Reading takes the description itself and little besides.</summary>
    private void RequireCheapRefusal(byte[] model, int length, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefusal(model, message);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(length + Besides));
    }

    private void RequireRefusal(byte[] model, string message)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, model));
        Assert.That(error.GetBaseException().Message,
            Does.StartWith("'TransformerChain").And.Contain($": {message}"));
    }
}
