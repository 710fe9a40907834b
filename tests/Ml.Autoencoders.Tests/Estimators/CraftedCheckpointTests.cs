using System.Text.Json.Nodes;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Checkpoints that are whole, and hold what no fit writes.</summary>
internal sealed class CraftedCheckpointTests
{
    private const string NoRandomState = "The states of its random generators are not those of this version of torch.";

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("checkpoint.zip");

    /// <summary>One behind the last batch of the second of three epochs.</summary>
    [SetUp]
    public void Write() =>
        Assert.That(() => Fit(resumes: false, epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0),
            Throws.TypeOf<TimeoutException>());

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("null")]
    [TestCase("\"AAAA\"")]
    public void A_random_state_that_is_none_is_refused(string state) =>
        RequireRefusal(zip => zip.State["random"]![1] = JsonNode.Parse(state), NoRandomState);

    [TestCase(0, 1, 0)]
    [TestCase(625, 1, 0)]
    [TestCase(1, 0, 0)]
    [TestCase(1, 1, 625)]
    [TestCase(624, 1, 2)]
    public void A_random_state_whose_counts_are_none_is_refused(int left, int seeded, long next) => RequireRefusal(
        zip =>
        {
            byte[] state = Convert.FromBase64String(zip.State["random"]![1]!.GetValue<string>());
            BitConverter.TryWriteBytes(state.AsSpan(8), left);
            BitConverter.TryWriteBytes(state.AsSpan(12), seeded);
            BitConverter.TryWriteBytes(state.AsSpan(16), next);
            zip.State["random"]![1] = Convert.ToBase64String(state);
        },
        NoRandomState);

    [Test]
    public void Tensors_in_another_order_are_refused() => RequireRefusal(
        zip => zip.Tensors = Swapped(zip.Tensors, "optimizer.0.mean.0", "optimizer.0.square.0"),
        "The weights' tensor 'optimizer.0.mean.0' begins at byte 3252; in the order of the tensors it has to begin " +
        "at 2168.");

    [TestCase("history", "[null]")]
    [TestCase("batches", "-1")]
    [TestCase("batches", "0")] // with what the meter has of them
    [TestCase("meter", """{"terms":{"reconstruction":1},"total":1,"rows":9223372036854775807}""")]
    [TestCase("meter", """{"terms":{},"total":0,"rows":0}""")]
    [TestCase("meter", """{"terms":{"reconstruction":1},"total":1,"rows":0}""")]
    [TestCase("bestEpoch", "3")]
    [TestCase("bestEpoch", "0")]
    [TestCase("bestLoss", "\"NaN\"")]
    [TestCase("bestLoss", "\"Infinity\"")]
    [TestCase("lossToBeat", "\"NaN\"")]
    [TestCase("lastImprovement", "-1")]
    public void A_progress_that_no_fit_makes_is_refused(string name, string value) => RequireRefusal(
        zip => zip.State["progress"]![name] = JsonNode.Parse(value),
        "No fit can have done these numbers of epochs, batches and updates.");

    [Test]
    public void Updates_before_the_first_are_refused() => RequireRefusal(
        zip => zip.State["optimizerSteps"]![0] = -1, "It counts -1 updates of an optimizer; there must be at least 0.");

    [TestCase("learningRate", "\"NaN\"", "state.progress.learningRate is NaN; it must be a finite number.")]
    [TestCase("learningRate", "-1", "state.progress.learningRate is -1; it must be at least 0.")]
    [TestCase("elapsed", "\"10675199.02:48:05.4775807\"", "state.progress.elapsed is 10675199.02:48:05.4775807; " +
        "it must be at least 00:00:00 and at most 1000000.00:00:00.")]
    [TestCase("elapsed", "\"-00:00:01\"", "state.progress.elapsed is -00:00:01; " +
        "it must be at least 00:00:00 and at most 1000000.00:00:00.")]
    public void A_number_of_the_progress_that_none_has_is_refused(string name, string value, string message) =>
        RequireRefusal(zip => zip.State["progress"]![name] = JsonNode.Parse(value), message);

    [TestCase("learningRate", "\"NaN\"", "learningRate is NaN; it must be a finite number.")]
    [TestCase("rowsPerSecond", "-1", "rowsPerSecond is -1; it must be at least 0.")]
    [TestCase("elapsed", "-1", "elapsed is -00:00:00.0000001; it must be at least 00:00:00.")]
    public void An_epoch_of_the_history_that_no_fit_has_is_refused(string name, string value, string message) =>
        RequireRefusal(zip => zip.State["progress"]!["history"]![0]![name]![0] = JsonNode.Parse(value),
            $"state.progress.history[0].{message}");

    [Test]
    public void A_model_that_cannot_be_is_refused_before_it_is_compared() => RequireRefusal(
        zip => zip.Description["fit"]!["model"]!["condition"] = JsonNode.Parse("""{"labels":["a","b"],"rows":[]}"""),
        "fit.model.condition.rows are of 0 labels; there are 2.");

    [Test]
    public void Tensors_that_are_compressed_to_the_length_that_they_have_are_refused()
    {
        new CheckpointZip(File).Write(File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        // The header before the entry, and its place in the directory: what they say of it is that it is deflated.
        bytes[bytes.AsSpan().IndexOf("PK\u0003\u0004"u8) + 8] = 8;
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 10] = 8;
        System.IO.File.WriteAllBytes(File, bytes);
        RequireRefusal("'Tensors.safetensors' is compressed; in a checkpoint it must not be.");
    }

    [Test]
    public void Whatever_stands_in_the_description_it_is_refused_or_gone_on_with()
    {
        JsonNode?[] values = [null, -1, 0, int.MaxValue, 1e300, "", "NaN", new JsonArray(),
            new JsonArray((JsonNode?)null), new JsonObject()];
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int count = Nodes(new CheckpointZip(File).Description).Count();
        Assert.That(count, Is.GreaterThan(50));
        for (int i = 0; i < count; i++)
        {
            foreach (JsonNode? value in values)
            {
                System.IO.File.WriteAllBytes(File, whole);
                var zip = new CheckpointZip(File);
                JsonNode node = Nodes(zip.Description).ElementAt(i);
                string change = $"{node.GetPath()} = {value?.ToJsonString()}";
                node.ReplaceWith(value?.DeepClone());
                zip.Write(File);
                try
                {
                    Fit(resumes: true);
                }
                catch (Exception error)
                {
                    Assert.That(error, Is.TypeOf<InvalidOperationException>()
                        .With.Message.Matches("^(The checkpoint '|The weights stopped being finite)"), change);
                }
            }
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray elements => elements,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Nodes(child).Prepend(child));
    }

    private static byte[] Swapped(byte[] tensors, string first, string second)
    {
        int length = (int)BitConverter.ToInt64(tensors);
        JsonNode header = JsonNode.Parse(tensors.AsSpan(8, length))!;
        (JsonNode a, JsonNode b) = (header[first]!["data_offsets"]!, header[second]!["data_offsets"]!);
        (header[first]!["data_offsets"], header[second]!["data_offsets"]) = (b.DeepClone(), a.DeepClone());
        byte[] text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString().PadRight(length));
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. tensors[(8 + length)..]];
    }

    private void RequireRefusal(Action<CheckpointZip> craft, string message)
    {
        var zip = new CheckpointZip(File);
        craft(zip);
        zip.Write(File);
        RequireRefusal(message);
    }

    private void RequireRefusal(string message)
    {
        Assert.That(() => Fit(resumes: true),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"The checkpoint '{File}' cannot be read: {message}"));
    }

    private void Fit(bool resumes, Action<TrainingEpoch>? onEpoch = null) => Stage.Make(_ml, new()
    {
        Epochs = 3,
        BatchSize = 16,
        Seed = 7,
        Checkpoint = new(_folder.Path, every: TimeSpan.FromTicks(1)),
        ResumeFrom = resumes ? _folder.Path : null,
        OnEpoch = onEpoch,
    }).Fit(Rows.View(_ml, 40)).Dispose();
}
