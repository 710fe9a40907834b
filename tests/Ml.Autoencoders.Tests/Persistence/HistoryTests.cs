using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;
using static System.FormattableString;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>The epochs of a fit in files: every number of them, in few bytes, of as many as a fit may have.</summary>
internal sealed class HistoryTests
{
    /// <summary>As long a number as there can be.</summary>
    private const double Long = -2.2250738585072014E-308;

    private readonly MLContext _ml = new(seed: 1);
    private ModelDescription _description = null!;

    [OneTimeSetUp]
    public void Describe()
    {
        using AutoencoderTransformer model = Stage.Make(_ml).Fit(Rows.View(_ml, 40), Rows.View(_ml, 10, seed: 2));
        var zip = new ModelZip(ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema));
        _description = ModelJson.Read(zip.Read(ModelZip.Description));
        Assert.That(Lines(_description.History), Is.EqualTo(Lines(model.History)));
    }

    [Test]
    public void Ninety_thousand_epochs_can_be_read_again()
    {
        TrainingEpoch[] history =
            [.. Enumerable.Range(1, 90_000).Select(i => Epoch(i, 90_000, 1.0 / i, terms: 3, isBest: i % 3 == 0))];
        byte[] json = ModelJson.Write(_description with { History = history });
        Assert.That(json, Has.Length.LessThan(90_000 * 260));
        Assert.That(Lines(ModelJson.Read(json).History), Is.EqualTo(Lines(history)));
    }

    [Test]
    public void An_epoch_takes_no_more_than_is_reckoned_for_it()
    {
        long Length(int epochs) => ModelJson.Write(_description with
        {
            History =
            [
                .. Enumerable.Range(1_000_000, epochs)
                    .Select(i => Epoch(i, int.MaxValue, Long, terms: 7, isBest: true)),
            ],
        }).LongLength;

        Assert.That(Length(1000) - Length(1), Is.LessThanOrEqualTo(999L * HistoryConverter.MaxBytesPerEpoch)
            .And.GreaterThan(999 * 400));
        Assert.That(1_000_000L * HistoryConverter.MaxBytesPerEpoch, Is.LessThan(ModelJson.MaxBytes - (8 << 20)));
    }

    [Test]
    public void More_epochs_and_labels_than_can_be_read_are_refused()
    {
        IHost host = ((IHostEnvironment)_ml).Register("fit");
        var options = new PlainOptions { Training = new() { Epochs = 1_000_000 } };
        Recipe recipe = options.ToRecipe("Features", "Code", Defaults.Standard);
        void Require(int labels) => FitFiles.RequireReadable(host, recipe, _description.Model with
        {
            Condition = new Condition([.. Enumerable.Repeat(new string('x', 1_000_000), labels)], new long[labels]),
        });
        Assert.That(() => Require(labels: 10), Throws.Nothing);
        Assert.That(() => Require(labels: 30), Throws.InvalidOperationException.With.Message.Matches(
            "^The model's description could take 543,\\d{3},\\d{3} bytes, more than the 536,870,912 that are read: " +
            "it has 30 labels, and the history of up to 1,000,000 epochs. " +
            "Lower TrainingOptions.Epochs, or shorten the labels.$"));
    }

    [Test]
    public void Epochs_are_named_once_they_are_known()
    {
        const string Start = "The model's description could take 600,000,000 bytes, more than the 536,870,912 that " +
            "are read: it has 1,500 labels";
        Assert.Multiple(() =>
        {
            Assert.That(FitFiles.TooLong(600_000_000, 1_500, new() { Updates = 7 }),
                Is.EqualTo($"{Start}. Shorten the labels."));
            Assert.That(FitFiles.TooLong(600_000_000, 1_500, new() { Updates = 7_000, Epochs = 3_500 }), Is.EqualTo(
                $"{Start}, and the history of up to 3,500 epochs. Lower TrainingOptions.Updates, or shorten the " +
                "labels."));
        });
    }

    [Test]
    public void A_history_whose_epochs_differ_in_kind_is_kept_as_it_is()
    {
        TrainingEpoch[] history =
        [
            Epoch(1, 4, 0.5, terms: 1),
            Epoch(2, 4, double.PositiveInfinity, terms: 2, learningRate: 0.25),
            Epoch(3, 9, double.NaN, terms: 2, learningRate: 0.125),
            Epoch(4, 9, 0.1, terms: 2, hasValidation: false),
        ];
        byte[] json = ModelJson.Write(_description with { History = history });
        Assert.That(JsonNode.Parse(json)!["history"]!.AsArray(), Has.Count.EqualTo(4));
        Assert.That(Lines(ModelJson.Read(json).History), Is.EqualTo(Lines(history)));
    }

    [Test]
    public void No_epochs_are_none() =>
        Assert.That(ModelJson.Read(ModelJson.Write(_description with { History = [] })).History, Is.Empty);

    /// <summary>As it was written up to version 1.</summary>
    [Test]
    public void An_object_for_each_epoch_is_read_too()
    {
        JsonNode json = JsonNode.Parse(ModelJson.Write(_description))!;
        json["version"] = 1;
        json["history"] = JsonNode.Parse("""
            [
              {
                "epoch": 1, "epochs": 2, "training": { "total": 0.25, "terms": { "reconstruction": 0.25 } },
                "validation": { "total": "Infinity", "terms": { "reconstruction": "Infinity" } },
                "learningRate": 0.01, "rowsPerSecond": 1234.5, "elapsed": "00:00:00.1234567",
                    "isBest": false
              },
              {
                "epoch": 2, "epochs": 2, "training": { "total": 0.125, "terms": { "reconstruction": 0.125 } },
                    "validation": null,
                "learningRate": 0.005, "rowsPerSecond": 2000, "elapsed": "1.02:03:04", "isBest": true
              }
            ]
            """);
        Assert.That(Lines(ModelJson.Read(Encoding.UTF8.GetBytes(json.ToJsonString())).History), Is.EqualTo(new[]
        {
            "1/2 0.25 {reconstruction 0.25} Infinity {reconstruction Infinity} 0.01 1234.5 1234567 False",
            "2/2 0.125 {reconstruction 0.125} none 0.005 2000 937840000000 True",
        }));
    }

    [TestCase("\"first\":1", "\"first\":0")]
    [TestCase("\"first\":1", "\"first\":2147483647")]
    [TestCase("\"learningRate\":[", "\"learningRate\":[0,")]
    [TestCase("\"rowsPerSecond\":[", "\"rowsPerSecond\":[0,")]
    [TestCase("\"elapsed\":[", "\"elapsed\":[0,")]
    [TestCase("\"total\":[", "\"total\":[0,")]
    [TestCase("\"reconstruction\":[", "\"reconstruction\":[0,")]
    [TestCase("\"terms\":{", "\"terms\":{\"else\":null,")]
    [TestCase("\"terms\":{", "\"terms\":null,\"else\":{")]
    [TestCase("\"training\":{", "\"training\":null,\"else\":{")]
    [TestCase("\"history\": [", "\"history\": [{\"first\":1},")]
    [TestCase("\"history\": [", "\"history\": [[],")]
    [TestCase("\"history\": [", "\"history\": {},\"else\": [")]
    public void Lists_that_do_not_fit_each_other_are_refused(string original, string edited)
    {
        string json = Encoding.UTF8.GetString(ModelJson.Write(_description));
        int place =
            json.IndexOf(original, json.IndexOf("\"history\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.That(place, Is.Not.Negative);
        byte[] changed =
            Encoding.UTF8.GetBytes(string.Concat(json.AsSpan(0, place), edited, json.AsSpan(place + original.Length)));
        Assert.That(() => ModelJson.Read(changed), Throws.TypeOf<FormatException>()
            .With.Message.StartsWith("The model's description cannot be read: "));
    }

    private static TrainingEpoch Epoch(int epoch, int epochs, double loss, int terms, bool isBest = false,
        bool hasValidation = true, double? learningRate = null)
    {
        IEnumerable<string> names = Enumerable.Range(0, terms).Select(i => i == 0 ? "reconstruction" : $"term {i}");
        EpochLoss Loss(double value) =>
            new(value, names.ToDictionary(name => name, _ => value, StringComparer.Ordinal));
        return new(epoch, epochs, Loss(loss), hasValidation ? Loss(loss / 2) : null, learningRate ?? loss,
            learningRate ?? loss,
            TimeSpan.FromTicks(long.MaxValue - epoch), isBest);
    }

    private static IEnumerable<string> Lines(IReadOnlyList<TrainingEpoch> history) => history.Select(epoch =>
        Invariant($"{epoch.Epoch}/{epoch.Epochs} {Line(epoch.Training)} {Line(epoch.Validation)} ") +
        Invariant($"{epoch.LearningRate} {epoch.RowsPerSecond} {epoch.Elapsed.Ticks} {epoch.IsBest}"));

    private static string Line(EpochLoss? loss) => loss is null
        ? "none"
        : Invariant($"{loss.Total} {{{string.Join(", ", loss.Terms.Select(Line))}}}");

    private static string Line(KeyValuePair<string, double> term) => Invariant($"{term.Key} {term.Value}");
}
