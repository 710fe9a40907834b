using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>Columns that a stage cannot read, and what it says of them.</summary>
internal sealed class InputColumnTests
{
    private const string Parameter = " (Parameter 'inputSchema')";
    private const string Join =
        "Join columns into a vector first, for example with ml.Transforms.Concatenate(\"Features\", ...)";
    private const string Convert =
        "Convert it first, for example with ml.Transforms.Conversion.ConvertType(\"Features\", outputKind: " +
            "DataKind.Single)";
    private const string ConvertAndJoin =
        "Convert it and join columns into a vector first, for example with " +
        "ml.Transforms.Conversion.ConvertType(\"Features\", outputKind: DataKind.Single) and " +
        "ml.Transforms.Concatenate(\"Features\", ...)";
    private const string FromText =
        "Make numbers of it first, for example with ml.Transforms.Text.FeaturizeText(\"Features\") or " +
        "ml.Transforms.Categorical.OneHotEncoding(\"Features\")";
    private const string FromKeys =
        "Make it a vector first, for example with ml.Transforms.Conversion.MapKeyToVector(\"Features\")";

    private readonly MLContext _ml = new();

    [Test]
    public void A_missing_column_is_named() =>
        RequireRefusal(Rows.View(_ml, 2), "Missing",
            "Could not find input column 'Missing' among 'Features', 'Label', 'Name'." + Parameter);

    [Test]
    public void Of_many_columns_the_first_are_named()
    {
        IDataView wide = Rows.View(_ml, 2);
        foreach (int number in Enumerable.Range(1, 12))
            wide = _ml.Transforms.CopyColumns($"Copy{number}", "Label").Fit(wide).Transform(wide);
        RequireRefusal(wide, "features",
            "Could not find input column 'features' among 'Features', 'Label', 'Name', 'Copy1', 'Copy2', 'Copy3', " +
            "'Copy4', 'Copy5', 'Copy6', 'Copy7', 'Copy8', 'Copy9', ... (15 in all)." + Parameter);
    }

    [Test]
    public void A_number_is_to_be_joined_with_others() => RequireRemedy<Scalar<float>>("Single", Join);

    [Test]
    public void A_number_of_another_kind_is_to_be_converted_and_joined_with_others() =>
        RequireRemedy<Scalar<double>>("Double", ConvertAndJoin);

    [Test]
    public void A_flag_is_to_be_converted_and_joined_with_others() =>
        RequireRemedy<Scalar<bool>>("Boolean", ConvertAndJoin);

    [Test]
    public void A_vector_of_doubles_is_to_be_converted() =>
        RequireRemedy<Vector<double>>("Vector<Double, 3>", Convert, "Vector<Double>");

    [Test]
    public void A_vector_of_flags_is_to_be_converted() =>
        RequireRemedy<Vector<bool>>("Vector<Boolean, 3>", Convert, "Vector<Boolean>");

    [Test]
    public void A_text_is_to_be_made_numbers() => RequireRemedy<Scalar<string>>("String", FromText);

    [Test]
    public void A_vector_of_texts_is_to_be_made_numbers() =>
        RequireRemedy<Vector<string>>("Vector<String, 3>", FromText, "Vector<String>");

    [Test]
    public void A_key_is_to_be_made_a_vector() => RequireRemedy<Key>("Key<UInt32, 0-6>", FromKeys, "Key<UInt32>");

    [Test]
    public void An_image_is_to_be_made_numbers() =>
        RequireRemedy<Picture>("Image<2, 2>", "Make a vector of numbers of it first");

    [Test]
    public void A_vector_of_unknown_size_is_to_be_fixed() =>
        RequireRefusal(_ml.Data.LoadFromEnumerable([new Unknown()]), "Features",
            "Column 'Features' is a vector of unknown size. An autoencoder needs a fixed one: set it in the loader, " +
            "with [VectorType(n)] on the property of a class or with SchemaDefinition, or resize images before " +
            "ExtractPixels." + Parameter);

    [Test]
    public void Keys_of_unknown_size_are_to_be_padded() =>
        RequireRefusal(_ml.Data.LoadFromEnumerable([new UnknownKeys()]), "Features",
            "Column 'Features' is a vector of keys of unknown size. An autoencoder needs a fixed one: pad and cut " +
            "its rows, with ml.Transforms.PadKeys(\"Features\", length: n)." + Parameter);

    [Test]
    public void Another_length_than_in_training_is_refused_before_a_row_is_read()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView shorter = _ml.Data.LoadFromEnumerable([new Short()]);
        const string Message =
            "Schema mismatch for input column 'Features': expected a vector of 12 Single, as in training, got one of 11"
                + Parameter;
        Assert.That(() => model.Transform(shorter),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(Message));
        Assert.That(() => Stage.Make(_ml).Fit(Rows.View(_ml, 20), shorter),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(Message));
    }

    [Test]
    public void A_row_of_another_length_than_its_column_says_is_refused()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        PredictionEngine<Row, Scored> engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        Assert.That(() => engine.Predict(new Row { Features = [1, 2, 3] }),
            Throws.ArgumentException.With.Message.EqualTo(
                "Column 'Features', row 0: the vector has 3 slots; the column's type has 12."));
        // Nor in a view, nor in a fit.
        IDataView rows =
            _ml.Data.LoadFromEnumerable([new Row { Features = new float[12] }, new Row { Features = [1, 2, 3] }]);
        Assert.That(() => ColumnNumbers.Of(model.Transform(rows), "Code"),
            Throws.ArgumentException.With.Message.EqualTo(
                "Column 'Features', row 1: the vector has 3 slots; the column's type has 12."));
        Assert.That(() => Stage.Make(_ml).Fit(rows),
            Throws.ArgumentException.With.Message.EqualTo(
                "Column 'Features', row 1: the vector has 3 slots; the column's type has 12."));
    }

    [Test]
    public void Without_data_there_is_nothing_to_fit()
    {
        AutoencoderEstimator estimator = Stage.Make(_ml);
        using AutoencoderTransformer model = Stage.Fit(_ml);
        Assert.That(() => estimator.Fit(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("input"));
        Assert.That(() => estimator.Fit(Rows.View(_ml, 2), null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("validation"));
        Assert.That(() => estimator.GetOutputSchema(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("inputSchema"));
        Assert.That(() => model.GetOutputSchema(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("inputSchema"));
        Assert.That(() => model.Encode((IDataView)null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("input"));
    }

    /// <summary>As <see cref="RequireRefusal"/>, of a column of another type.</summary>
    private void RequireRemedy<T>(string type, string remedy, string? shapeType = null) where T : class
    {
        string Message(string found) =>
            $"Schema mismatch for input column 'Features': expected a vector of Single of known size, got {found}. " +
                $"{remedy}{Parameter}";
        RequireRefusal(_ml.Data.LoadFromEnumerable<T>([]), "Features", Message(type), Message(shapeType ?? type));
    }

    /// <param name="rows">What is fitted on.</param>
    /// <param name="column">The column that is asked for.</param>
    /// <param name="message">What the fit says.</param>
    /// <param name="schemaMessage">What the schema says, where that differs: a shape knows no sizes.</param>
    private void RequireRefusal(IDataView rows, string column, string message, string? schemaMessage = null)
    {
        AutoencoderEstimator estimator = _ml.Transforms.Autoencoders.Plain("Code", column, Stage.Options());
        Assert.That(() => estimator.Fit(rows),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
        Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(schemaMessage ?? message));
    }

    private sealed class Scalar<T>
    {
        public T Features { get; set; } = default!;
    }

    private sealed class Vector<T>
    {
        [VectorType(3)]
        public T[] Features { get; set; } = [];
    }

    private sealed class Key
    {
        [KeyType(7)]
        public uint Features { get; set; }
    }

    private sealed class Picture
    {
        [ImageType(2, 2)]
        public MLImage Features { get; set; } = null!;
    }

    private sealed class Unknown
    {
        public float[] Features { get; set; } = [1, 2, 3];
    }

    private sealed class UnknownKeys
    {
        [KeyType(7)]
        public uint[] Features { get; set; } = [1, 2, 3];
    }

    private sealed class Short
    {
        [VectorType(11)]
        public float[] Features { get; set; } = new float[11];
    }
}
