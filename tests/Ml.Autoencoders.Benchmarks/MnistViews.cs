using Microsoft.ML;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>All digits of MNIST as data views.</summary>
internal static class MnistViews
{
    public static (IDataView Training, IDataView Test) Load(MLContext ml)
    {
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        IDataView View(Digit[] rows) => ml.Data.LoadFromEnumerable(rows, Digit.Schema(digits.Height * digits.Width));
        return (View(digits.Training), View(digits.Test));
    }
}
