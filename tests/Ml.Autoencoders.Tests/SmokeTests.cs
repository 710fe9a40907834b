using Microsoft.ML;

namespace Ml.Autoencoders.Tests;

public class SmokeTests
{
    [Test]
    public void Fits_and_transforms()
    {
        var ml = new MLContext(1);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders
            .Plain("Code", "Features", new() { CodeSize = 3, Network = Small.Network, Training = Small.Training() }).Fit(Rows.View(ml, 100));
        Assert.That(model.Transform(Rows.View(ml, 40)).Preview().RowView, Has.Length.EqualTo(40));
    }
}
