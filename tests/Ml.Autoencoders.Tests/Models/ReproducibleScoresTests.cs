using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Models;

internal sealed class ReproducibleScoresTests
{
    [Test]
    public void The_same_rows_give_the_same_bits_wherever_they_lie_in_memory()
    {
        var ml = new MLContext(1);
        using AutoencoderTransformer transformer = ml.Transforms.Autoencoders
            .Plain("Code", "Features", new PlainOptions
            {
                CodeSize = 3,
                Network = Network.Dense(),
                Training = Small.Training(epochs: 1),
            })
            .Fit(Rows.View(ml, 64));
        float[][] rows = [.. Rows.Make(256).Select(row => row.Features)];

        // Arrays of other sizes in between move the next ones by half an alignment.
        var results = new List<float[]>();
        var between = new List<byte[]>();
        for (int i = 0; i < 40; i++)
        {
            results.Add([.. transformer.Reconstruct(rows).SelectMany(row => row)]);
            between.Add(new byte[8 * i]);
        }

        Assert.That(results, Has.All.EqualTo(results[0]));
    }
}
