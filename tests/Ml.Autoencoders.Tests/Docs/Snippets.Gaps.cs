using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>The example of gaps on the page on tables.</content>
public partial class Snippets
{
    [Test]
    public void Gaps_of_a_table_are_left_out_and_filled()
    {
        var random = new Random(1);
        float[][] whole = [.. Enumerable.Range(0, 400).Select(_ =>
        {
            float x = 10 * random.NextSingle();
            return new[] { x, 1000 - 90 * x, 0.01f * x, 5 + x };
        })];
        IDataView table = ml.Data.LoadFromEnumerable(whole.Select(row => new GappedReadings
        {
            Readings = [.. row.Select(x => random.Next(5) == 0 ? float.NaN : x)],
        }).ToArray());

        var pipeline = ml.Transforms.Autoencoders.Plain("Code", "Readings", new()
        {
            CodeSize = 2,
            Network = Network.Dense(64),
            Scaling = InputScaling.Standardize,
            MissingValues = MissingValueHandling.LeaveOut,
            ImputedColumnName = "Filled",
            Training = new() { Updates = 1000 },
        });
        using var model = pipeline.Fit(table);
        float[][] filled = [.. model.Transform(table).GetColumn<float[]>("Filled")];

        float[][] given = [.. table.GetColumn<float[]>("Readings")];
        double[] errors = [.. Enumerable.Range(0, whole.Length).Where(i =>
            float.IsNaN(given[i][1]) && given[i].Any(x => !float.IsNaN(x)))
            .Select(i => Math.Abs(filled[i][1] - whole[i][1]))];
        Assert.That(errors, Has.Length.InRange(50, 110));
        Assert.That(errors.Average(), Is.LessThan(60), "by the mean of the column it is some 225");
    }

    private sealed class GappedReadings
    {
        [VectorType(4)]
        public float[] Readings { get; set; } = [];
    }
}
