using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Columns: names, types and annotations.</content>
internal sealed partial class FamilyTests
{
    [TestCase(null, null)]
    [TestCase("Clean", null)]
    [TestCase(null, "Error")]
    [TestCase("Clean", "Error")]
    public void The_promised_schema_is_the_delivered_one(string? reconstruction, string? error)
    {
        IDataView named = NamedSlots(Rows.View(_ml, 40));
        foreach (string input in new[] { "Features", "Joined" })
        {
            AutoencoderEstimator estimator = family.MakeFor(_ml, "Code", input,
                (nameof(AutoencoderOptions.ReconstructionColumnName), reconstruction),
                (nameof(AutoencoderOptions.ErrorColumnName), error));
            using AutoencoderTransformer model = estimator.Fit(named);
            SchemaShape promised = estimator.GetOutputSchema(SchemaShape.Create(named.Schema));
            Assert.That(Describe(promised),
                Is.EquivalentTo(Describe(SchemaShape.Create(model.GetOutputSchema(named.Schema)))));
            Assert.That(Describe(promised),
                Is.EquivalentTo(Describe(SchemaShape.Create(model.Transform(named).Schema))));
        }
    }

    [Test]
    public void A_code_in_the_place_of_its_input_is_promised_and_delivered()
    {
        IDataView rows = Rows.View(_ml, 40);
        AutoencoderEstimator estimator = family.MakeFor(_ml, "Features", null);
        using AutoencoderTransformer model = estimator.Fit(rows);
        IDataView coded = model.Transform(rows);
        Assert.That(Describe(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema))),
            Is.EquivalentTo(Describe(SchemaShape.Create(coded.Schema))));
        Assert.That(coded.Schema["Features"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Stage.CodeSize)));
        Assert.That(coded.Schema.Count(column => column.IsHidden), Is.EqualTo(1));
    }

    [Test]
    public void Columns_stand_behind_the_inputs_in_the_order_code_reconstruction_error()
    {
        using AutoencoderTransformer model = FitFull();
        Assert.That(model.GetOutputSchema(Rows.View(_ml, 1).Schema).Select(column => column.Name),
            Is.EqualTo(new[] { "Features", "Label", "Name", "Code", "Clean", "Error" }));
    }

    [Test]
    public void Slots_of_the_code_are_numbered()
    {
        using AutoencoderTransformer model = FitFull();
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.GetOutputSchema(Rows.View(_ml, 1).Schema)["Code"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()),
            Is.EqualTo(new[] { "Code0", "Code1", "Code2" }));
    }

    [Test]
    public void A_reconstruction_has_the_type_and_the_slot_names_of_the_input()
    {
        IDataView rows = NamedSlots(Rows.View(_ml, 40));
        using AutoencoderTransformer named = family.MakeFor(_ml, "Code", "Joined",
            (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean")).Fit(rows);
        DataViewSchema schema = named.GetOutputSchema(rows.Schema);
        VBuffer<ReadOnlyMemory<char>> expected = default;
        VBuffer<ReadOnlyMemory<char>> found = default;
        schema["Joined"].GetSlotNames(ref expected);
        schema["Clean"].GetSlotNames(ref found);
        Assert.That(found.DenseValues().Select(name => name.ToString()),
            Is.EqualTo(expected.DenseValues().Select(name => name.ToString())).And.Exactly(Row.Size).Items);
        Assert.That(schema["Clean"].Type, Is.EqualTo(schema["Joined"].Type));
    }

    [Test]
    public void A_reconstruction_has_the_dimensions_of_the_input()
    {
        var shape = new VectorDataViewType(NumberDataViewType.Single, 3, 2, 2);
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = shape;
        IDataView rows = _ml.Data.LoadFromEnumerable(Rows.Make(40), definition);
        using AutoencoderTransformer model = family.MakeFull(_ml).Fit(rows);
        Assert.That(model.Transform(rows).Schema["Clean"].Type, Is.EqualTo(shape));
    }

    private IDataView NamedSlots(IDataView rows)
    {
        // Concatenation names the slots of a vector after the columns that it joins.
        var pick = _ml.Transforms.CustomMapping<Row, Halves>(
            (row, halves) => (halves.Left, halves.Right) = (row.Features[..11], row.Features[11]), null);
        return pick.Append(_ml.Transforms.Concatenate("Joined", "Left", "Right")).Fit(rows).Transform(rows);
    }

    /// <summary>Order is no part of a shape: an estimator cannot know where hidden columns go.</summary>
    private static IEnumerable<string> Describe(SchemaShape shape) => shape.Select(Describe);

    private static string Describe(SchemaShape.Column column)
    {
        IEnumerable<string> annotations = column.Annotations.Select(Describe).Order(StringComparer.Ordinal);
        return $"{column.Name}: {column.Kind} {column.ItemType} key {column.IsKey} [{string.Join("; ", annotations)}]";
    }

    private sealed class Halves
    {
        [VectorType(11)]
        public float[] Left { get; set; } = [];

        public float Right { get; set; }
    }
}
