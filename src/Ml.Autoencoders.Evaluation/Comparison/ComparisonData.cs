using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>The rows that every stage is fitted to and measured on: read once, kept in memory, shown as data
/// views.</summary>
internal sealed class ComparisonData
{
    private ComparisonData(MLContext ml, string features, string? label, LabeledRows training, LabeledRows test)
    {
        FeatureColumn = features;
        Training = training;
        Test = test;
        TrainingView = View(ml, training, features, label);
        TestView = View(ml, test, features, label);
        if (label is null)
            return;
        ValueToKeyMappingTransformer mapping = ml.Transforms.Conversion.MapValueToKey(label).Fit(TrainingView);
        TrainingView = mapping.Transform(TrainingView);
        TestView = mapping.Transform(TestView);
        TrainingKeys = [.. TrainingView.GetColumn<uint>(label)];
        TestKeys = [.. TestView.GetColumn<uint>(label)];
    }

    public string FeatureColumn { get; }

    public int FeatureCount => Training.Rows[0].Length;

    public LabeledRows Training { get; }

    public LabeledRows Test { get; }

    /// <summary>The features and, as a key, the label, each under its own name.</summary>
    public IDataView TrainingView { get; }

    /// <summary>As the training rows; a label that they do not have is missing.</summary>
    public IDataView TestView { get; }

    /// <summary>The labels as numbers from 1 on; null where there are none.</summary>
    public uint[]? TrainingKeys { get; }

    /// <summary>As those of the training rows; 0 for a label that they do not have.</summary>
    public uint[]? TestKeys { get; }

    public static ComparisonData Read(MLContext ml, IDataView data, string features, PcaComparisonOptions options)
    {
        LabeledRows training = LabeledRows.Read(ml, data, features, options.LabelColumnName, "training");
        if (options.TestData is { } own)
        {
            InputColumn.Find(ml, own.Schema, features, InputColumn.InputRole, training.Rows[0].Length);
            LabeledRows test = LabeledRows.Read(ml, own, features, options.LabelColumnName, "test");
            return new ComparisonData(ml, features, options.LabelColumnName, training, test);
        }
        (int[] kept, int[] held) = Split(ml, training.Rows.Length, options);
        return new ComparisonData(ml, features, options.LabelColumnName, training.At(kept), training.At(held));
    }

    /// <summary>Both in the order of the data.</summary>
    private static (int[] Training, int[] Test) Split(IHostEnvironment host, int rows, PcaComparisonOptions options)
    {
        int held = (int)Math.Round(rows * (double)options.TestFraction);
        if (held == 0 && rows > 1 && options.GivenTestFraction is null)
        {
            held = 1;
            using IChannel channel = host.Start(nameof(AutoencoderComparisonExtensions.CompareWithPca));
            channel.Warning(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
                $"PcaComparisonOptions.TestFraction is {options.TestFraction} by default, which is less than one of " +
                $"{rows} rows; ") +
                "one of them is measured on.");
        }
        if (held == 0 || held == rows)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"PcaComparisonOptions: TestFraction is {options.TestFraction}, which leaves {held} of {rows} rows " +
                $"to measure on and {rows - held} to train on; both need some."));
        }
        int[] places = [.. Enumerable.Range(0, rows)];
        new Random(options.Seed).Shuffle(places);
        return ([.. places[held..].Order()], [.. places[..held].Order()]);
    }

    private static IDataView View(MLContext ml, LabeledRows rows, string features, string? label) => label is null
        ? MemoryView.OfRows(ml, rows.Rows, features, rows.Rows[0].Length, rows.Notes)
        : MemoryView.OfTexts(ml, rows.Rows, rows.Labels!, features, label, rows.Notes);
}
