using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Tests.Tables;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Tables that leave little to learn, for the detector with no option set.</summary>
[TestFixture]
internal sealed class TableDetectorInputTests
{
    private static readonly string[] Columns = [nameof(Visit.Region), nameof(Visit.Age), nameof(Visit.Days)];

    private readonly MLContext _ml = new(seed: 1);

    [TestCase(200)]
    [TestCase(3)]
    [TestCase(1)]
    public void A_table_is_scored_however_few_its_rows_are(int rows)
    {
        using TransformerChain<AutoencoderAnomalyTransformer> model = Fit(Visits(rows));

        Assert.That(Scores(model, Visits(rows)), Has.Exactly(rows).Items.And.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void Columns_that_never_change_give_finite_scores_and_a_change_of_one_a_high_score(
        [Values(nameof(Visit.Region), nameof(Visit.Age), nameof(Visit.Days))] string changed)
    {
        Visit[] same = [.. Enumerable.Range(0, 200).Select(_ => new Visit { Region = "north", Age = 40, Days = 3 })];
        using TransformerChain<AutoencoderAnomalyTransformer> model = Fit(same);
        Visit other = changed switch
        {
            nameof(Visit.Region) => new() { Region = "moon", Age = 40, Days = 3 },
            nameof(Visit.Age) => new() { Region = "north", Age = 50, Days = 3 },
            _ => new() { Region = "north", Age = 40, Days = 9 },
        };

        float[] scores = Scores(model, [same[0], other]);
        Assert.That(scores, Has.All.Matches<float>(float.IsFinite));
        Assert.That(scores[1], Is.GreaterThan(scores[0] + 10));
    }

    [Test]
    public void A_category_with_one_value_beside_columns_that_change_gives_finite_scores()
    {
        Visit[] visits = Visits(200);
        foreach (Visit visit in visits)
            visit.Region = "north";
        using TransformerChain<AutoencoderAnomalyTransformer> model = Fit(visits);

        float[] usual = Scores(model, visits);
        Assert.That(usual, Has.All.Matches<float>(float.IsFinite));
        visits[0].Region = "moon";
        Assert.That(Scores(model, visits)[0], Is.GreaterThan(usual.Max()), "a value that the fit did not see");
    }

    [Test]
    public void A_category_with_a_thousand_values_is_scored()
    {
        Visit[] visits = Visits(3000);
        for (int i = 0; i < visits.Length; i++)
            visits[i].Region = $"region {i % 1000}";
        using TransformerChain<AutoencoderAnomalyTransformer> model = Fit(visits);

        Assert.That(Table.Names(model.GetOutputSchema(_ml.Data.LoadFromEnumerable(visits).Schema)),
            Has.Length.EqualTo(1002));
        Assert.That(Scores(model, visits), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void A_number_that_all_rows_miss_is_refused_by_name([Values] bool leavesOut)
    {
        Visit[] visits = Visits(50);
        foreach (Visit visit in visits)
            visit.Age = float.NaN;

        Assert.That(() => Fit(visits, leavesOut), Throws.InvalidOperationException.With.Message.EqualTo(leavesOut
            ? "Column 'Features', slot 2 ('Age'): every training row misses this value (it is NaN). " +
                "MissingValueHandling.LeaveOut needs each slot to have a value in at least one row; leave the slot " +
                "out of the column."
            : "Column 'Features', training row 0: slot 2 ('Age') is NaN. Replace missing values first, for example " +
                "with ml.Transforms.ReplaceMissingValues(\"Features\")."));
    }

    [Test]
    public void A_category_that_all_rows_miss_is_refused_by_name([Values] bool leavesOut)
    {
        Visit[] visits = Visits(50);
        foreach (Visit visit in visits)
            visit.Region = "";

        Assert.That(() => Fit(visits, leavesOut), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Region' is missing in all of the 50 rows of the fit; there must be at least one category. " +
            "Leave the column out."));
    }

    [Test]
    public void A_table_without_rows_is_refused() =>
        Assert.That(() => Fit([]), Throws.InvalidOperationException.With.Message.EqualTo(
            "There are no rows to find the categories of 'Region' in."));

    private TransformerChain<AutoencoderAnomalyTransformer> Fit(Visit[] visits, bool leavesOut = false) =>
        (leavesOut
            ? _ml.AnomalyDetection.Trainers.Autoencoder(Columns,
                new() { MissingValues = MissingValueHandling.LeaveOut })
            : _ml.AnomalyDetection.Trainers.Autoencoder(Columns)).Fit(_ml.Data.LoadFromEnumerable(visits));

    private float[] Scores(TransformerChain<AutoencoderAnomalyTransformer> model, Visit[] visits) =>
        [.. model.Transform(_ml.Data.LoadFromEnumerable(visits)).GetColumn<float>("Score")];

    private static Visit[] Visits(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => new Visit
        {
            Region = random.Next(2) == 0 ? "north" : "south",
            Age = 20 + random.Next(50),
            Days = random.Next(1, 9),
        })];
    }

    private sealed class Visit
    {
        public string Region { get; set; } = "";

        public float Age { get; set; }

        public int Days { get; set; }
    }
}
