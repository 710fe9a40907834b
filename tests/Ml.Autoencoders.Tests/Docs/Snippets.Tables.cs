using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>The examples of columns on the page on tables.</content>
public partial class Snippets
{
    [Test]
    public void A_detector_takes_the_columns_of_a_table()
    {
        IDataView people = People();

        var pipeline = ml.AnomalyDetection.Trainers.Autoencoder(["Age", "Income", "Region", "IsMember"], new()
        {
            MissingValues = MissingValueHandling.LeaveOut,
            ReasonsColumnName = "Reasons",
        });
        using var model = pipeline.Fit(people);
        float[] scores = [.. model.Transform(people).GetColumn<float>("Score")];

        Assert.That(scores, Has.All.Not.NaN);
        Assert.That(scores.Count(score => score >= scores[0]), Is.LessThan(10), "the odd one");
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.GetOutputSchema(people.Schema)["Reasons"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => $"{name}"),
            Is.EqualTo(new[] { "Age", "Income", "Region", "IsMember" }));
    }

    [Test]
    public void Any_trainer_takes_the_columns_of_a_table()
    {
        IDataView people = People();

        var codes = ml.Transforms.FeaturizeTable("Features", new() { CategoryColumns = ["Branch"] },
                "Age", "Income", "Region", "IsMember", "Branch")
            .Append(ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 3,
                Network = Network.Dense(32),
                Scaling = InputScaling.Standardize,
                MissingValues = MissingValueHandling.LeaveOut,
                Training = new() { Updates = 300 },
            }));

        using var model = codes.Fit(people);
        IDataView coded = model.Transform(people);
        Assert.That(coded.GetColumn<float[]>("Code"), Has.All.Length.EqualTo(3));
        // Three numbers and a Boolean, two regions, the missing one, and four branches.
        Assert.That(coded.GetColumn<float[]>("Features"), Has.All.Length.EqualTo(3 + 3 + 4));
    }

    /// <summary>People whose income is that of their region, but for the first; some have gaps.</summary>
    private IDataView People()
    {
        var random = new Random(1);
        Person[] people = [.. Enumerable.Range(0, 400).Select(i =>
        {
            bool isNorth = i > 0 && random.Next(2) == 0;
            return new Person
            {
                Age = i > 0 && i % 20 == 0 ? float.NaN : 20 + random.Next(50),
                Income = (isNorth ? 30_000 : 90_000) + random.Next(5_000),
                Region = i > 0 && i % 15 == 0 ? "" : isNorth || i == 0 ? "north" : "south",
                IsMember = random.Next(3) == 0,
                Branch = random.Next(4),
            };
        })];
        return ml.Data.LoadFromEnumerable(people);
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public double Income { get; set; }

        public string Region { get; set; } = "";

        public bool IsMember { get; set; }

        public int Branch { get; set; }
    }
}
