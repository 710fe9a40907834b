using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Tests.Training;

namespace Ml.Autoencoders.Tests;

/// <summary>How many rows are mapped at once: 4 Mi numbers' worth of the wider side, and 128 at most.</summary>
internal sealed class BatchRowsTests
{
    [TestCase(12, 128)]
    [TestCase(1 << 15, 128)]
    [TestCase((1 << 15) + 1, 127)]
    [TestCase(1 << 16, 64)]
    [TestCase((1 << 22) + 1, 1)]
    public void Wide_rows_are_mapped_in_small_batches_to_codes_and_from_codes(int width, int rows)
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense(), codeSize: 1, inputSize: width);

        Assert.That(new ScoringMapping(model, new ColumnNames("Row", "Code", null, null), seed: 1).BatchRows,
            Is.EqualTo(rows));
        Assert.That(new ScoringMapping(model, new ColumnNames("Row", "Code", "Clean", "Error"), seed: 1).BatchRows,
            Is.EqualTo(rows));
        Assert.That(new DecodingMapping(model, "Code", null, "Row").BatchRows, Is.EqualTo(rows));
    }

    [Test]
    public void Codes_that_are_wider_than_rows_bound_the_batch_too()
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense(), codeSize: 1 << 16, inputSize: 1);

        Assert.That(new ScoringMapping(model, new ColumnNames("Row", "Code", null, null), seed: 1).BatchRows,
            Is.EqualTo(64));
        Assert.That(new DecodingMapping(model, "Code", null, "Row").BatchRows, Is.EqualTo(64));
    }
}
