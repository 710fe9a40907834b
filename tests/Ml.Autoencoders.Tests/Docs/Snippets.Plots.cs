using Microsoft.ML;
using Ml.Autoencoders.Plots;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on plots.</content>
public partial class Snippets
{
    [Test]
    public void Codes_of_two_numbers_are_scattered()
    {
        Digit[] digits = [.. Mnist.Training.Take(200)];
        using AutoencoderTransformer transformer = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 2,
            Training = new() { Epochs = 1 },
        }).Fit(ml.Data.TakeRows(this.digits, 100));

        var scatter = new ScatterPlot { Title = "Digits as two numbers", EqualAxes = true };
        foreach (IGrouping<uint, Digit> number in digits.GroupBy(digit => digit.Number).OrderBy(group => group.Key))
            scatter.AddPoints($"{number.Key}", transformer.Encode([.. number.Select(digit => digit.Pixels)]));
        scatter.Save("codes.png");

        Assert.That(File.ReadAllBytes("codes.png"), Is.EqualTo(scatter.ToPng()));
    }
}
