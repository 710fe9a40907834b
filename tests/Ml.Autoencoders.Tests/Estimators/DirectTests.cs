using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Encoding and decoding outside of a pipeline.</summary>
internal sealed class DirectTests
{
    private readonly MLContext _ml = new();
    private readonly Row[] _rows = Rows.Make(600, seed: 3);
    private AutoencoderTransformer _model = null!;

    private IDataView View => _ml.Data.LoadFromEnumerable(_rows);

    private float[][] Features => [.. _rows.Select(row => row.Features)];

    [OneTimeSetUp]
    public void Fit() => _model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
    {
        CodeSize = Stage.CodeSize,
        Network = Small.Network,
        Scaling = InputScaling.Standardize,
        ReconstructionColumnName = "Clean",
        ErrorColumnName = "Error",
        Training = Small.Training(),
    }).Fit(Rows.View(_ml, 40));

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void Arrays_give_the_bits_of_the_columns()
    {
        IDataView scored = _model.Transform(View);
        Assert.That(Bits.Of(_model.Encode(Features)), Is.EqualTo(Bits.OfVectors(scored, "Code")));
        Assert.That(Bits.Of(_model.Reconstruct(Features)), Is.EqualTo(Bits.OfVectors(scored, "Clean")));
        Assert.That(Bits.Of(_model.Decode(_model.Encode(Features))), Is.EqualTo(Bits.OfVectors(scored, "Clean")));
    }

    [Test]
    public void Data_views_give_the_bits_of_the_columns()
    {
        IDataView scored = _model.Transform(View);
        Assert.That(Bits.OfVectors(_model.Encode(View), "Code"), Is.EqualTo(Bits.OfVectors(scored, "Code")));
        Assert.That(Bits.OfVectors(_model.Reconstruct(View, "Again"), "Again"),
            Is.EqualTo(Bits.OfVectors(scored, "Clean")));
        Assert.That(Bits.OfVectors(_model.Decode(_model.Encode(View)), "Reconstruction"),
            Is.EqualTo(Bits.OfVectors(scored, "Clean")));
    }

    [Test]
    public void One_row_is_as_good_as_many()
    {
        float[] code = _model.Encode(_rows[5].Features);
        Assert.That(code, Is.EqualTo(_model.Encode(Features)[5]).Within(1e-5));
        Assert.That(_model.Decode(code), Is.EqualTo(_model.Reconstruct(_rows[5].Features)).Within(1e-5));
    }

    [Test]
    public void Each_view_has_its_own_columns_and_no_others()
    {
        string[] input = ["Features", "Label", "Name"];
        Assert.That(Names(_model.Encode(View)), Is.EqualTo(input.Append("Code")));
        Assert.That(Names(_model.Reconstruct(View)), Is.EqualTo(input.Concat(["Code", "Reconstruction"])));
        Assert.That(Names(_model.Decode(_model.Encode(View), "Row")), Is.EqualTo(input.Concat(["Code", "Row"])));
        Assert.That(_model.Decode(_model.Encode(View), "Row").Schema["Row"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Row.Size)));
    }

    [Test]
    public void Codes_can_stand_in_any_column()
    {
        IDataView codes = _ml.Data.LoadFromEnumerable([new Point { Place = [1, 2, 3] }]);
        Assert.That(_model.Decode(codes, "Row", "Place").GetColumn<float[]>("Row").Single(),
            Is.EqualTo(_model.Decode([1, 2, 3])));
        Assert.That(() => _model.Decode(View, "Row", "Features"),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for input column 'Features': expected a vector of 3 Single, as in training, got one of " +
            "12 (Parameter 'inputSchema')"));
    }

    [Test]
    public void Rows_of_another_length_are_refused()
    {
        Assert.That(() => _model.Encode([_rows[0].Features, new float[11]]),
            Throws.ArgumentException.With.Message.EqualTo(
            "Row 1 has 11 numbers; it needs 12. (Parameter 'rows')"));
        Assert.That(() => _model.Reconstruct([null!]), Throws.ArgumentException.With.Message.EqualTo(
            "Row 0 has no numbers; it needs 12. (Parameter 'rows')"));
        Assert.That(() => _model.Decode(new float[4]), Throws.ArgumentException.With.Message.EqualTo(
            "Row 0 has 4 numbers; it needs 3. (Parameter 'codes')"));
        Assert.That(() => _model.Encode((float[][])null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("rows"));
        Assert.That(() => _model.Encode((float[])null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("row"));
        Assert.That(() => _model.Decode((float[])null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("code"));
        Assert.That(() => _model.Reconstruct((float[])null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("row"));
    }

    [Test]
    public void A_model_says_what_it_is() =>
        Assert.That(_model.ToString(), Is.EqualTo("Plain autoencoder: Features (12) to Code (3) on cpu"));

    [Test]
    public void No_rows_give_no_rows()
    {
        Assert.That(_model.Encode(Array.Empty<float[]>()), Is.Empty);
        Assert.That(_model.Decode(Array.Empty<float[]>()), Is.Empty);
        Assert.That(_model.Reconstruct(Array.Empty<float[]>()), Is.Empty);
    }

    [TestCase("")]
    [TestCase(" ")]
    public void A_column_to_add_needs_a_name(string name)
    {
        Assert.That(() => _model.Reconstruct(View, name),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("outputColumnName"));
        Assert.That(() => _model.Decode(View, name),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("outputColumnName"));
    }

    private static IEnumerable<string> Names(IDataView view) => view.Schema.Select(column => column.Name);

    private sealed class Point
    {
        [VectorType(Stage.CodeSize)]
        public float[] Place { get; set; } = [];
    }
}
