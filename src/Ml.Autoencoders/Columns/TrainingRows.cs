using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads the rows of a data view that are to be trained on, in one pass, and refuses what cannot be learned from.</summary>
internal static class TrainingRows
{
    /// <param name="host">For errors, and asked between rows whether to go on.</param>
    /// <param name="data">The data view.</param>
    /// <param name="input">Its vector column of what is encoded.</param>
    /// <param name="target">Its vector column of what is reconstructed, where that is another.</param>
    /// <param name="label">Its key column of labels, where there is one.</param>
    /// <param name="knows">Whether a label may occur; null where every one may.</param>
    /// <param name="use">What the rows are for, as errors say it: training or validation.</param>
    /// <exception cref="InvalidOperationException">There are no rows, a value is not a finite number, or a label is missing or may not occur.</exception>
    public static RowBatch Read(IHost host, IDataView data, DataViewSchema.Column input, DataViewSchema.Column? target,
        LabelColumn? label, Func<long, bool>? knows, string use)
    {
        var columns = new List<DataViewSchema.Column> { input };
        if (target is { } second)
            columns.Add(second);
        if (label is not null)
            columns.Add(label.Column);
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        long? count = data.GetRowCount();
        var inputs = new TrainingColumn(cursor, input, use, count);
        TrainingColumn? targets = target is { } column ? new TrainingColumn(cursor, column, use, count) : null;
        LabelReader? labelReader = label is null ? null : new LabelReader(cursor, label, knows, use);
        var labels = new List<long>();
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            inputs.Read(host);
            targets?.Read(host);
            if (labelReader is not null)
                labels.Add(labelReader.Read());
        }
        if (inputs.Table.Count == 0)
            throw host.Except($"Column '{input.Name}': the {use} data has no rows. An autoencoder needs at least one.");
        return new RowBatch(inputs.Table.ToTensor(),
            label is null ? null : tensor(labels.ToArray(), dtype: ScalarType.Int64, device: CPU), targets?.Table.ToTensor());
    }

    /// <summary>Binary cross-entropy has no meaning elsewhere.</summary>
    /// <exception cref="InvalidOperationException">A value is outside [0, 1].</exception>
    public static void RequireUnitInterval(IHost host, Tensor rows, string name, string use)
    {
        using var scope = NewDisposeScope();
        float least = rows.min().item<float>();
        float greatest = rows.max().item<float>();
        if (least >= 0 && greatest <= 1)
            return;
        throw host.Except(string.Create(CultureInfo.InvariantCulture,
            $"Column '{name}' holds {use} values from {least:G4} to {greatest:G4}; binary cross-entropy needs values between 0 and 1. Set Scaling = InputScaling.MinMax, scale them before, or use ReconstructionLoss.MeanSquaredError."));
    }
}
