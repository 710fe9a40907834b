using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Estimators;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>The one-hot categories that a column says it has.</summary>
internal sealed class CategoricalSlotsTests
{
    private const int Size = 8;

    private readonly MLContext _ml = new(1);

    [Test]
    public void Encodings_of_one_slot_for_each_value_are_found_where_columns_are_joined()
    {
        // Three kinds, a number, and a hash of 2 bits.
        IDataView joined = Joined(
            _ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind")
            .Append(_ml.Transforms.Categorical.OneHotHashEncoding("Hash", "Kind", numberOfBits: 2))
            .Append(_ml.Transforms.Concatenate("Features", "Number", "Kinds", "Number", "Hash", "Number")));

        Assert.That(Of(joined), Is.EqualTo(new SlotGroup[] { new(1, 3), new(5, 4) }));
    }

    [Test]
    public void Keys_that_became_vectors_are_found() => Assert.That(
        Of(Joined(_ml.Transforms.Conversion.MapValueToKey("Key", "Kind")
            .Append(_ml.Transforms.Conversion.MapKeyToVector("Features", "Key")))),
        Is.EqualTo(new SlotGroup[] { new(0, 3) }));

    /// <summary>Not each of its values has a slot, so that no slot is on its own a value.</summary>
    [Test]
    public void A_binary_encoding_has_none() => Assert.That(
        Of(Joined(_ml.Transforms.Categorical.OneHotEncoding("Features", "Kind",
            OneHotEncodingEstimator.OutputKind.Binary))), Is.Empty);

    /// <summary>ML.NET drops the annotation there, as the documentation says.</summary>
    [Test]
    public void A_normalizer_leaves_no_word_of_them()
    {
        IEstimator<ITransformer> kinds = _ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind");

        IDataView joined = Joined(kinds.Append(_ml.Transforms.Concatenate("Features", "Kinds", "Number"))
            .Append(_ml.Transforms.NormalizeMinMax("Features")));
        IDataView before = Joined(kinds.Append(_ml.Transforms.NormalizeMinMax("Number"))
            .Append(_ml.Transforms.Concatenate("Features", "Kinds", "Number")));

        Assert.That(Of(joined), Is.Empty);
        Assert.That(Of(before), Is.EqualTo(new SlotGroup[] { new(0, 3) }));
    }

    [Test]
    public void A_column_without_a_word_has_none() => Assert.That(Of(Rows.View(_ml, 2)), Is.Empty);

    [Test]
    public void They_are_given_in_ascending_order() => Assert.That(Of(Annotated([5, 7, 0, 0, 2, 3])),
        Is.EqualTo(new SlotGroup[] { new(0, 1), new(2, 2), new(5, 3) }));

    [TestCase(new[] { 0, 2, 4 }, "has 3 numbers; it must have two for each category.")]
    [TestCase(new[] { 3, 2 }, "names the slots 3 to 2; the column has the slots 0 to 7.")]
    [TestCase(new[] { -1, 2 }, "names the slots -1 to 2; the column has the slots 0 to 7.")]
    [TestCase(new[] { 0, 2, 5, 8 }, "names the slots 5 to 8; the column has the slots 0 to 7.")]
    [TestCase(new[] { 0, int.MaxValue }, "names the slots 0 to 2147483647; the column has the slots 0 to 7.")]
    [TestCase(new[] { 4, 6, 0, 4 }, "holds the slots 0..5 and 4..7; a slot must be in one group only.")]
    public void What_cannot_be_true_is_refused(int[] ranges, string fault) =>
        RequireRefusal(Annotated(ranges), fault);

    [Test]
    public void Another_type_is_refused()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("CategoricalSlotRanges", NumberDataViewType.Single, (ref float value) => value = 1);

        RequireRefusal(Annotated(annotations), "is a Single; it must be a vector of Int32.");
    }

    /// <summary>Only who needs it reads it.</summary>
    [Test]
    public void A_fit_reads_them_for_swap_noise_alone()
    {
        DataViewSchema schema = Schema(new VectorDataViewType(NumberDataViewType.Single, Row.Size), Of([20, 30]));

        Assert.That(() => Define(Corruption.Masking(0.5f)), Throws.Nothing);
        Assert.That(() => Define(Corruption.Swap(0.5f, 0..2)), Throws.Nothing);
        Assert.That(() => Define(Corruption.Masking(0.5f).Then(Corruption.Swap(0.5f))),
            Throws.InvalidOperationException.With.Message.StartsWith("The annotation CategoricalSlotRanges of "));
        // Whatever the network: what is wrong is the group.
        Assert.That(() => Define(Corruption.Swap(0.5f, 10..14)), Throws.InvalidOperationException.With.Message.EqualTo(
            "The corruption does not fit column 'Features', a vector of 12: Corruption.Swap has a group of the slots " +
            "10..14, and a row has 12."));

        void Define(Corruption corruption)
        {
            var options = new DenoisingOptions { CodeSize = 2, Corruption = corruption };
            IHost host = ((IHostEnvironment)_ml).Register("Fit");
            new FitDefinition(host, _ml.Transforms.Autoencoders.Denoising("Code", "Features", options).Recipe)
                .Of(schema);
        }
    }

    private void RequireRefusal(DataViewSchema.Column column, string fault) => Assert.That(() => Of(column),
        Throws.InvalidOperationException.With.Message.EqualTo(
            "The annotation CategoricalSlotRanges of column 'Features', which says what slots make a category, " +
            fault));

    private IReadOnlyList<SlotGroup> Of(IDataView rows) => Of(rows.Schema["Features"]);

    private IReadOnlyList<SlotGroup> Of(DataViewSchema.Column column) =>
        CategoricalSlots.Of(((IHostEnvironment)_ml).Register("Test"), column);

    private IDataView Joined(IEstimator<ITransformer> estimator)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(
            from i in Enumerable.Range(0, 6) select new Mixed { Kind = "abc"[i % 3].ToString(), Number = i });
        return estimator.Fit(rows).Transform(rows);
    }

    private static DataViewSchema.Column Annotated(int[] ranges) => Annotated(Of(ranges));

    private static DataViewSchema.Column Annotated(DataViewSchema.Annotations.Builder annotations) =>
        Schema(new VectorDataViewType(NumberDataViewType.Single, Size), annotations)["Features"];

    private static DataViewSchema.Annotations.Builder Of(int[] ranges)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("CategoricalSlotRanges", new VectorDataViewType(NumberDataViewType.Int32, ranges.Length),
            (ref VBuffer<int> value) => value = new VBuffer<int>(ranges.Length, ranges));
        return annotations;
    }

    private static DataViewSchema Schema(DataViewType type, DataViewSchema.Annotations.Builder annotations)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", type, annotations.ToAnnotations());
        return schema.ToSchema();
    }

    private sealed class Mixed
    {
        public string Kind { get; set; } = "";

        public float Number { get; set; }
    }
}
