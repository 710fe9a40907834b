using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Samples.Data;

namespace LatentSpace;

/// <summary>The digits of a run, as arrays and as data views with the digit's key.</summary>
internal sealed class Digits
{
    private readonly MLContext _ml;
    private readonly ValueToKeyMappingTransformer _key;

    public Digits(MLContext ml, Mnist mnist)
    {
        _ml = ml;
        Mnist = mnist;
        _key = ml.Transforms.Conversion.MapValueToKey("Digit", "Number",
            keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(Raw(mnist.Training));
        Training = View(mnist.Training);
        Test = View(mnist.Test);
    }

    public Mnist Mnist { get; }

    public IDataView Training { get; }

    public IDataView Test { get; }

    public IDataView View(Digit[] digits) => _key.Transform(Raw(digits));

    /// <summary>The first test digit of each kind, from 0 to 9.</summary>
    public Digit[] OneOfEach =>
        [.. Enumerable.Range(0, 10).Select(number => Mnist.Test.First(digit => digit.Number == number))];

    public static float[][] Codes(ITransformer stage, IDataView rows) =>
        [.. stage.Transform(rows).GetColumn<float[]>("Code")];

    private IDataView Raw(Digit[] digits) =>
        _ml.Data.LoadFromEnumerable(digits, Digit.Schema(Mnist.Height * Mnist.Width));
}
