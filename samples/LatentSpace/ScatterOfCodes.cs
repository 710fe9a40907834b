using Ml.Autoencoders;
using Ml.Autoencoders.Plots;

namespace LatentSpace;

/// <summary>The picture of test codes of two numbers, colored by digit.</summary>
internal static class ScatterOfCodes
{
    public static ScatterPlot Draw(string title, AutoencoderTransformer stage, Digits digits)
    {
        var scatter = new ScatterPlot { Title = title, EqualAxes = true };
        foreach (IGrouping<uint, float[]> digit in Digits.Codes(stage, digits.Test)
            .Zip(digits.Mnist.Test, (code, digit) => (code, digit.Number))
                .GroupBy(pair => pair.Number, pair => pair.code).OrderBy(group => group.Key))
        {
            scatter.AddPoints($"{digit.Key}", digit);
        }
        return scatter;
    }
}
