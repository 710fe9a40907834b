using Microsoft.ML;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>The digits of MNIST as data views.</summary>
internal static class MnistViews
{
    /// <param name="ml">The context.</param>
    /// <param name="rows">How many to learn from; null for all.</param>
    public static (IDataView Training, IDataView Test) Load(MLContext ml, int? rows = null)
    {
        Mnist digits = Mnist.Load(Mnist.Embedded, rows);
        IDataView View(Digit[] rows) => ml.Data.LoadFromEnumerable(rows, Digit.Schema(digits.Height * digits.Width));
        return (View(digits.Training), View(digits.Test));
    }
}
