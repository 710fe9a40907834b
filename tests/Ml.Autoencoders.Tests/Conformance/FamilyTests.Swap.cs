using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Values that are exchanged between rows.</content>
internal sealed partial class FamilyTests
{
    private static readonly (string, object?) Swap = (nameof(AutoencoderOptions.Corruption), Corruption.Swap(0.3f));

    [Test]
    public void Swapped_values_are_learned_from_with_a_label_and_a_target()
    {
        IDataView rows = Paired.View(_ml, 40);
        AutoencoderEstimator estimator = family.Make(_ml, Swap, (Condition, "Kind"),
            (nameof(AutoencoderOptions.TargetColumnName), "Target"));
        using AutoencoderTransformer model = estimator.Fit(rows);

        Assert.That(model.Model.Definition.Corruption, Is.EqualTo(Corruption.Swap(0.3f)));
        Assert.That(model.History.Select(epoch => epoch.Training.Total), Has.All.Matches<double>(double.IsFinite));
        byte[] weights = WeightsOf(estimator, rows);
        Assert.That(WeightsOf(estimator, rows), Is.EqualTo(weights));
        Assert.That(weights, Is.Not.EqualTo(WeightsOf(
            family.Make(_ml, (nameof(AutoencoderOptions.Corruption), Corruption.None), (Condition, "Kind"),
                (nameof(AutoencoderOptions.TargetColumnName), "Target")), rows)));
    }

    [Test]
    public void Categories_of_the_column_move_whole_and_are_in_the_file()
    {
        IDataView rows = LabeledRows.View(_ml, 40);
        IDataView joined = _ml.Transforms.Conversion.MapKeyToVector("Kinds", "Kind")
            .Append(_ml.Transforms.Concatenate("Features", "Kinds", "Features")).Fit(rows).Transform(rows);
        using AutoencoderTransformer model = family.Make(_ml, Swap).Fit(joined);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, joined.Schema);

        // Bright, dark and gray.
        Assert.That(model.Model.Definition.Corruption, Is.EqualTo(Corruption.Swap(0.3f, 0..3)));
        Assert.That(loaded.Model.Definition.Corruption, Is.EqualTo(Corruption.Swap(0.3f, 0..3)));
        Assert.That(WeightsOf(family.Make(_ml, Swap), joined), Is.Not.EqualTo(WeightsOf(
            family.Make(_ml, (nameof(AutoencoderOptions.Corruption), Corruption.Swap(0.3f, 0..1))), joined)));
    }
}
