using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Generated rows on their way back into ML.NET.</summary>
internal sealed class AsDataViewTests
{
    private const int Height = 3;
    private const int Width = 4;

    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = SmallVariational.Fit(_ml, loss: ReconstructionLoss.BinaryCrossEntropy);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void Rows_are_a_column_of_the_type_that_the_model_takes()
    {
        float[][] rows = _model.Sample(600, seed: 7);
        IDataView view = _model.AsDataView(rows);
        Assert.That(view.Schema.Single().Name, Is.EqualTo("Features"));
        Assert.That(view.Schema["Features"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Row.Size)));
        Assert.That(Bits.OfVectors(view, "Features"), Is.EqualTo(Bits.Of(rows)));
        Assert.That(Bits.OfVectors(_model.Transform(view), "Code"), Is.EqualTo(Bits.Of(_model.Encode(rows))));
    }

    [Test]
    public void The_column_can_be_named() =>
        Assert.That(_model.AsDataView(_model.Sample(2, seed: 7), "Drawn").Schema.Single().Name, Is.EqualTo("Drawn"));

    [Test]
    public void No_rows_are_a_column_of_the_same_type()
    {
        IDataView view = _model.AsDataView([]);
        Assert.That(view.Schema["Features"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Row.Size)));
        Assert.That(_model.Transform(view).GetColumn<float[]>("Code"), Is.Empty);
    }

    [Test]
    public void They_become_pictures()
    {
        float[][] rows = _model.Sample(20, seed: 7);
        IDataView pictures = _ml.Transforms.ConvertToImage(Height, Width, "Picture", "Pixels",
            ImagePixelExtractingEstimator.ColorBits.Green,
                scaleImage: 255)
            .Fit(_model.AsDataView(rows, "Pixels")).Transform(_model.AsDataView(rows, "Pixels"));

        MLImage[] images = [.. pictures.GetColumn<MLImage>("Picture")];

        Assert.That(images.Select(image => (image.Height, image.Width)), Has.All.EqualTo((Height, Width)));
        foreach ((MLImage image, float[] row) in images.Zip(rows))
        {
            byte[] pixels = image.Pixels.ToArray(); // blue, green, red, alpha
            Assert.That(pixels.Where((_, i) => i % 4 == 1).Select(value => (double)value),
                Is.EqualTo(row.Select(value => 255.0 * value)).Within(1));
            image.Dispose();
        }
        Assert.That(rows.SelectMany(row => row).Distinct().Count(), Is.GreaterThan(100),
            "pictures of more than one shade");
    }

    [Test]
    public void Rows_of_another_length_are_refused()
    {
        Assert.That(() => _model.AsDataView([new float[Row.Size], new float[11]]),
            Throws.ArgumentException.With.Message.EqualTo(
            "Row 1 has 11 numbers; it needs 12. (Parameter 'rows')"));
        Assert.That(() => _model.AsDataView([null!]), Throws.ArgumentException.With.Message.EqualTo(
            "Row 0 has no numbers; it needs 12. (Parameter 'rows')"));
        Assert.That(() => _model.AsDataView(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("rows"));
    }
}
