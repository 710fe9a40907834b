using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>Which columns can be a condition, what their labels are called, and what is said of others.</summary>
internal sealed class LabelColumnTests
{
    private const string Parameter = " (Parameter 'inputSchema')";
    private const string Map = "Map it first: ml.Transforms.Conversion.MapValueToKey(\"Kind\")";
    private const string MapOne =
        "Reduce each row to one value first, then map it: ml.Transforms.Conversion.MapValueToKey(\"Kind\")";

    private readonly MLContext _ml = new();

    [Test]
    public void A_missing_column_is_named() =>
        RequireRefusal(Rows.View(_ml, 2),
            "Could not find condition column 'Kind' among 'Features', 'Label', 'Name'." + Parameter);

    [Test]
    public void A_text_is_to_be_mapped() => RequireNoKey<Labeled<string>>("String", Map);

    [Test]
    public void A_number_is_to_be_mapped() => RequireNoKey<Labeled<float>>("Single", Map);

    [Test]
    public void A_whole_number_is_no_key_by_itself() => RequireNoKey<Labeled<uint>>("UInt32", Map);

    [Test]
    public void A_vector_of_texts_is_no_label() => RequireNoKey<Texts>("Vector<String, 2>", MapOne, "Vector<String>");

    [Test]
    public void A_vector_of_keys_is_no_label() =>
        RequireNoKey<Keys>("Vector<Key<UInt32, 0-2>, 2>", MapOne, "Vector<Key<UInt32>>");

    [Test]
    public void A_key_of_too_many_values_is_refused_and_can_be_mapped_to_those_that_occur()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Rows.Make(20)
            .Select((row, i) => new Unbounded { Features = row.Features, Kind = (uint)(i % 2) }));
        Assert.That(() => Conditioned().Fit(rows), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for condition column 'Kind': expected a key of at most 65536 values, got one of " +
            "4294967295. Map it anew, to a key of the values that occur: " +
            "ml.Transforms.Conversion.MapValueToKey(\"Kind\")"
            + Parameter));

        IDataView mapped = _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(rows).Transform(rows);
        using AutoencoderTransformer model = Conditioned().Fit(mapped);
        Assert.That(model.Conditions, Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void A_key_with_its_values_in_another_order_is_not_that_of_the_training() =>
        RequireOtherKey(["dark", "bright", "gray"],
        "'dark', 'bright', 'gray', which differ from value 1 on");

    [Test]
    public void A_key_with_a_value_more_is_not_that_of_the_training() =>
        RequireOtherKey(["bright", "dark", "gray", "pale"],
        "'bright', 'dark', 'gray', 'pale', which differ from value 4 on");

    [Test]
    public void A_key_with_a_value_less_is_not_that_of_the_training() => RequireOtherKey(["bright", "dark"],
        "'bright', 'dark', which differ from value 3 on");

    [Test]
    public void A_key_of_many_other_values_is_not_listed_whole() =>
        RequireOtherKey([.. Enumerable.Range(1, 100).Select(i => $"k{i}")],
        "'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11', 'k12', ... (100 in all), which differ " +
        "from value 1 on");

    [Test]
    public void Validation_rows_need_the_key_of_the_training()
    {
        IDataView other = LabeledRows.Keys(_ml, "dark", "bright")
            .Transform(_ml.Data.LoadFromEnumerable(LabeledRows.Make(20)));
        Assert.That(() => Conditioned().Fit(LabeledRows.View(_ml, 20), other),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith(
                "Schema mismatch for condition column 'Kind': expected a key with the values from training, " +
                "'bright', 'dark', 'gray', got "));
    }

    [Test]
    public void The_column_that_is_encoded_cannot_be_its_own_condition() =>
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new() { ConditionColumnName = "Features" }),
            Throws.ArgumentException.With.Message.EqualTo(
                "PlainOptions: ConditionColumnName is 'Features', the column that is encoded; it must be a separate " +
                "key column."));

    [TestCase("")]
    [TestCase(" ")]
    public void A_condition_has_a_name(string name) =>
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features", new() { ConditionColumnName = name }),
            Throws.ArgumentException.With.Message.EqualTo(
                "PlainOptions: ConditionColumnName is empty or white space."));

    [Test]
    public void A_key_of_bytes_is_a_condition() => RequireNumbered(Load<ByteKey>((row, kind) => row.Kind = (byte)kind));

    [Test]
    public void A_key_of_16_bits_is_a_condition()
    {
        // ML.NET makes none of an object's property.
        IDataView rows = Load<IntKey>((row, kind) => row.Kind = (uint)kind);
        RequireNumbered(_ml.Transforms.Conversion.ConvertType("Kind", outputKind: DataKind.UInt16).Fit(rows)
            .Transform(rows));
    }

    [Test]
    public void A_key_of_32_bits_is_a_condition() =>
        RequireNumbered(Load<IntKey>((row, kind) => row.Kind = (uint)kind));

    [Test]
    public void A_key_of_64_bits_is_a_condition() =>
        RequireNumbered(Load<LongKey>((row, kind) => row.Kind = (ulong)kind));

    [Test]
    public void Whole_numbers_can_be_labels() => RequireNames<uint>(["700", "30"], 700, 30);

    [Test]
    public void Flags_can_be_labels() => RequireNames<bool>(["True", "False"], true, false);

    [Test]
    public void Numbers_are_labels_in_the_same_words_everywhere()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = commas;
        try
        {
            RequireNames<float>(["-0.5", "1000.25"], -0.5f, 1000.25f);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Numbers_in_another_order_are_not_those_of_the_training()
    {
        IDataView Mapped(params uint[] values)
        {
            IDataView raw = _ml.Data.LoadFromEnumerable(Rows.Make(20)
                .Select((row, i) => new Labeled<uint> { Features = row.Features, Kind = values[i % 2] }));
            return _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(raw).Transform(raw);
        }
        using AutoencoderTransformer model = Conditioned().Fit(Mapped(0, 1));
        Assert.That(() => model.Transform(Mapped(1, 0)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain(
            "expected a key with the values from training, '0', '1', got one with '1', '0', which differ from " +
            "value 1 on."));
    }

    private AutoencoderEstimator Conditioned() => _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
    {
        CodeSize = Stage.CodeSize,
        Network = Small.Network,
        Training = Small.Training(),
        ConditionColumnName = "Kind",
    });

    /// <param name="type">What the fit finds.</param>
    /// <param name="remedy">What it advises.</param>
    /// <param name="shapeType">What the schema finds, where that differs: a shape knows no sizes.</param>
    private void RequireNoKey<T>(string type, string remedy, string? shapeType = null) where T : Numbers
    {
        string Message(string found) =>
            $"Schema mismatch for condition column 'Kind': expected a key, one label per row, got {found}. " +
                $"{remedy}{Parameter}";
        RequireRefusal(_ml.Data.LoadFromEnumerable<T>([]), Message(type), Message(shapeType ?? type));
    }

    private void RequireRefusal(IDataView rows, string message, string? schemaMessage = null)
    {
        Assert.That(() => Conditioned().Fit(rows),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
        Assert.That(() => Conditioned().GetOutputSchema(SchemaShape.Create(rows.Schema)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(schemaMessage ?? message));
    }

    private void RequireOtherKey(string[] kinds, string found)
    {
        using AutoencoderTransformer model = Conditioned().Fit(LabeledRows.View(_ml, 20));
        IDataView other = LabeledRows.Keys(_ml, kinds).Transform(_ml.Data.LoadFromEnumerable(LabeledRows.Make(2)));
        string message =
            "Schema mismatch for condition column 'Kind': expected a key with the values from training, 'bright', " +
                $"'dark', 'gray', got one with {found}. Map it with the transformer that mapped it in training, not " +
                $"with one that is fitted anew{Parameter}";
        Assert.That(() => model.Transform(other),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
        Assert.That(() => model.GetOutputSchema(other.Schema),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
    }

    /// <summary>
    /// The second value of a key of three without names is the label '2', whatever the key is stored as.
    /// </summary>
    private void RequireNumbered(IDataView rows)
    {
        using AutoencoderTransformer model = Conditioned().Fit(rows);
        Assert.That(model.Conditions, Is.EqualTo(new[] { "1", "2", "3" }));
        RequireLabels(model, rows, [.. Enumerable.Range(0, 30).Select(i => $"{i % 3 + 1}")]);
    }

    private void RequireNames<T>(string[] names, params T[] values)
    {
        IDataView raw = _ml.Data.LoadFromEnumerable(Rows.Make(30)
            .Select((row, i) => new Labeled<T> { Features = row.Features, Kind = values[i % 2] }));
        IDataView rows = _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(raw).Transform(raw);
        using AutoencoderTransformer model = Conditioned().Fit(rows);
        Assert.That(model.Conditions, Is.EqualTo(names));
        RequireLabels(model, rows, [.. Enumerable.Range(0, 30).Select(i => names[i % 2])]);
    }

    /// <summary>Each row of a view is encoded as its features are with its label given.</summary>
    private static void RequireLabels(AutoencoderTransformer model, IDataView rows, string[] labels)
    {
        float[][] features = [.. rows.GetColumn<float[]>("Features")];
        float[][] codes = [.. model.Encode(rows).GetColumn<float[]>("Code")];
        Assert.That(codes.SelectMany(code => code),
            Is.EqualTo(features.SelectMany((row, i) => model.Encode([row], labels[i])[0])).Within(1e-5));
        Assert.That(model.Encode(features, labels[0])[0],
            Is.Not.EqualTo(model.Encode(features, labels[1])[0]).Within(1e-3));
    }

    private IDataView Load<T>(Action<T, int> label) where T : Numbers, new() =>
        _ml.Data.LoadFromEnumerable(Rows.Make(30).Select((row, i) =>
    {
        var labeled = new T { Features = row.Features };
        label(labeled, i % 3);
        return labeled;
    }));

    private abstract class Numbers
    {
        [VectorType(Row.Size)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Labeled<T> : Numbers
    {
        public T Kind { get; set; } = default!;
    }

    private sealed class Texts : Numbers
    {
        [VectorType(2)]
        public string[] Kind { get; set; } = [];
    }

    private sealed class Keys : Numbers
    {
        [VectorType(2), KeyType(3)]
        public uint[] Kind { get; set; } = [];
    }

    private sealed class Unbounded : Numbers
    {
        [KeyType(uint.MaxValue)]
        public uint Kind { get; set; }
    }

    private sealed class ByteKey : Numbers
    {
        [KeyType(3)]
        public byte Kind { get; set; }
    }

    private sealed class IntKey : Numbers
    {
        [KeyType(3)]
        public uint Kind { get; set; }
    }

    private sealed class LongKey : Numbers
    {
        [KeyType(3)]
        public ulong Kind { get; set; }
    }
}
