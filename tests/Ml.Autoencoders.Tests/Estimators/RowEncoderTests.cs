using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Codes of rows as the whole model takes them.</summary>
internal sealed class RowEncoderTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Reading[] _rows = Reading.Make(60);
    private TransformerChain<ITransformer> _model = null!;
    private float[][] _expected = [];

    private IDataView View => _ml.Data.LoadFromEnumerable(_rows);

    /// <summary>A normalizer in the place of its column, columns that are joined, a label in words, and stages after
    /// that read what a row to be encoded need not have.</summary>
    [OneTimeSetUp]
    public void Fit()
    {
        EstimatorChain<ITransformer> before = new EstimatorChain<ITransformer>()
            .Append((IEstimator<ITransformer>)_ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
            .Append((IEstimator<ITransformer>)_ml.Transforms.Concatenate("Features", "Numbers", "More"))
            .Append((IEstimator<ITransformer>)_ml.Transforms.Conversion.MapValueToKey("Key", "Kind"));
        EstimatorChain<ITransformer> pipeline = before
            .Append((IEstimator<ITransformer>)_ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Small.Network,
                ConditionColumnName = "Key",
                Training = Small.Training(),
            }));
        TransformerChain<ITransformer> fitted = pipeline.Fit(View);
        _expected = [.. fitted.Transform(View).GetColumn<float[]>("Code")];
        _model = new TransformerChain<ITransformer>(fitted,
            _ml.Transforms.NormalizeMinMax("Code").Fit(fitted.Transform(View)),
            _ml.Transforms.CopyColumns("Copy", "Late").Fit(fitted.Transform(View)));
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void A_row_runs_through_the_stages_before_the_autoencoder_and_no_others()
    {
        using RowEncoder<EncodedReading> encoder = _ml.Model.CreateEncoder<EncodedReading>(_model, "Code");
        foreach ((Reading row, float[] code) in _rows.Zip(_expected))
            Assert.That(Bits.Of([encoder.Encode(EncodedReading.Of(row))]), Is.EqualTo(Bits.Of([code])));
        Assert.That(encoder.InputColumnNames, Is.EqualTo(new[] { "Numbers", "More", "Kind" }));
    }

    [Test]
    public void The_autoencoder_alone_gives_other_codes_for_the_same_row()
    {
        float[] raw = [.. _rows[3].Numbers, .. _rows[3].More];
        float[] code = _model.GetAutoencoder("Code").Encode([raw], _rows[3].Kind)[0];
        Assert.That(code.Zip(_expected[3], (alone, whole) => Math.Abs(alone - whole)).Max(), Is.GreaterThan(10));
    }

    [Test]
    public void Many_rows_have_the_codes_that_each_has()
    {
        using RowEncoder<EncodedReading> encoder = _ml.Model.CreateEncoder<EncodedReading>(_model, "Code");
        Assert.That(Bits.Of(encoder.Encode([.. _rows.Select(EncodedReading.Of)])), Is.EqualTo(Bits.Of(_expected)));
        Assert.That(encoder.Encode(Array.Empty<EncodedReading>()), Is.Empty);
    }

    [Test]
    public void A_loaded_model_gives_the_same_codes_and_so_do_threads_at_once()
    {
        ITransformer loaded = ModelZip.Load(_ml, ModelZip.Save(_ml, _model, View.Schema));
        using (loaded as IDisposable)
        using (RowEncoder<EncodedReading> encoder = _ml.Model.CreateEncoder<EncodedReading>(loaded, "Code"))
        {
            int[][][] found = new int[8][][];
            Parallel.For(0, found.Length, thread => found[thread] =
                Bits.Of([.. _rows.Select(row => encoder.Encode(EncodedReading.Of(row)))]));
            Assert.That(found, Is.All.EqualTo(Bits.Of(_expected)));
        }
    }

    [Test]
    public void The_model_outlives_the_encoder()
    {
        RowEncoder<EncodedReading> encoder = _ml.Model.CreateEncoder<EncodedReading>(_model, "Code");
        encoder.Dispose();
        Assert.That(() => encoder.Encode(EncodedReading.Of(_rows[0])), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => encoder.Encode([EncodedReading.Of(_rows[0])]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(encoder.Autoencoder, Is.SameAs(_model.GetAutoencoder("Code")));
        Assert.That(encoder.Autoencoder.Decode([_expected[0]], "high")[0], Has.Length.EqualTo(5));
    }

    [Test]
    public void Vectors_of_another_length_are_refused_by_name()
    {
        using RowEncoder<EncodedReading> encoder = _ml.Model.CreateEncoder<EncodedReading>(_model, "Code");
        EncodedReading row = EncodedReading.Of(_rows[0]);
        Assert.That(() =>
            encoder.Encode(new EncodedReading { Numbers = [1, 2], More = row.More, Kind = row.Kind }),
            Throws.ArgumentException.With.Message.EqualTo(
            "Column 'Numbers' of the row has 2 numbers; it needs 3. (Parameter 'row')"));
        Assert.That(() =>
            encoder.Encode([row, new() { Numbers = row.Numbers, More = null!, Kind = row.Kind }]),
            Throws.ArgumentException.With.Message.EqualTo(
            "Column 'More' of the row has no numbers; it needs 2. (Parameter 'rows')"));
        Assert.That(() =>
            encoder.Encode((EncodedReading)null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("row"));
        Assert.That(() =>
            encoder.Encode([null!]), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("rows"));
        Assert.That(Bits.Of([encoder.Encode(row)]), Is.EqualTo(Bits.Of([_expected[0]])),
            "a row that was refused does no harm to the next");
    }

    [Test]
    public void A_label_that_nobody_knows_is_refused_and_does_no_harm()
    {
        using RowEncoder<EncodedReading> encoder = _ml.Model.CreateEncoder<EncodedReading>(_model, "Code");
        EncodedReading row = EncodedReading.Of(_rows[0]);
        Assert.That(() => encoder.Encode(new EncodedReading { Numbers = row.Numbers, More = row.More, Kind = "odd" }),
            Throws.InvalidOperationException.With.Message.Contains("Column 'Key'").And.Message.Contains(
                "the label is missing, or was unseen"));
        Assert.That(Bits.Of([encoder.Encode(row)]), Is.EqualTo(Bits.Of([_expected[0]])));
    }

    [Test]
    public void A_class_without_a_column_is_refused_where_the_encoder_is_made() =>
        Assert.That(() =>
            _ml.Model.CreateEncoder<NumbersOnly>(_model, "Code"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("More"));

    [Test]
    public void The_size_of_a_vector_may_be_given_apart_from_its_class()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Unsized));
        definition[nameof(Unsized.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Row.Size);
        using RowEncoder<Unsized> encoder = _ml.Model.CreateEncoder<Unsized>(model, "Code", definition);
        float[] row = Rows.Make(1)[0].Features;
        Assert.That(Bits.Of([encoder.Encode(new Unsized { Features = row })]),
            Is.EqualTo(Bits.Of([model.Encode(row)])));
        Assert.That(() => encoder.Encode(new Unsized { Features = [1] }), Throws.ArgumentException);
    }

    [Test]
    public void Models_without_the_autoencoder_and_nulls_are_refused()
    {
        Assert.That(() =>
            _ml.Model.CreateEncoder<EncodedReading>(_model, "Other"), Throws.ArgumentException.With.Message.StartsWith(
            "The model holds no autoencoder whose output column is 'Other'; it has 'Code'."));
        Assert.That(() =>
            _ml.Model.CreateEncoder<EncodedReading>(null!, "Code"),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("model"));
        Assert.That(() =>
            ((ModelOperationsCatalog)null!).CreateEncoder<EncodedReading>(_model, "Code"),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("catalog"));
    }

    private sealed class Unsized
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class NumbersOnly
    {
        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public string Kind { get; set; } = "";
    }

    /// <summary>What a row needs to be encoded.</summary>
    private sealed class EncodedReading
    {
        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        [VectorType(2)]
        public float[] More { get; set; } = [];

        public string Kind { get; set; } = "";

        public static EncodedReading Of(Reading row) =>
            new() { Numbers = row.Numbers, More = row.More, Kind = row.Kind };
    }
}
