using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Reads the rows of a fit into memory, in one pass.</summary>
internal static class TrainingRows
{
    /// <param name="host">For errors, and checked between rows for whether to continue.</param>
    /// <param name="data">The data view.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="maxBytes">The memory that the rows may take.</param>
    /// <param name="cancellation">Checked between rows.</param>
    /// <returns>Null where they take more.</returns>
    /// <exception cref="InvalidOperationException">There are no rows, a value is not a finite number, or a label is
    /// missing or may not occur.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static RowBatch? Read(IHost host, IDataView data, RowColumns columns, long maxBytes,
        CancellationToken cancellation)
    {
        RowLayout layout = columns.Layout;
        long maxRows = maxBytes / layout.Bytes;
        long? count = data.GetRowCount();
        if (count > maxRows)
            return null;
        using RowReader reader = RowReader.Open(host, data, columns, cancellation: cancellation);
        using var values = new RowTable(layout.Width, count);
        using RowTable? targets = layout.TargetWidth is { } width ? new RowTable(width, count) : null;
        var labels = new List<long>();
        while (reader.MoveNext())
        {
            if (values.Count == maxRows)
                return null;
            long label = reader.Read(values.Add(), targets is null ? [] : targets.Add());
            if (layout.HasLabel)
                labels.Add(label);
        }
        if (values.Count == 0)
            throw NoRows(host, columns);
        return new RowBatch(values.ToTensor(),
            layout.HasLabel ? tensor(labels.ToArray(), dtype: ScalarType.Int64, device: CPU) : null,
            targets?.ToTensor());
    }

    /// <summary>The error where there are none.</summary>
    public static Exception NoRows(IHost host, RowColumns columns) =>
        host.Except(
            $"Column '{columns.Input.Name}': the {columns.Use} data has no rows. An autoencoder needs at least one. " +
            "A source that can be read only once is empty after an earlier stage or fit has read it: " +
            "keep its rows in a list first.");

    /// <summary>The error where most, or all, were gone when they were to be read once more.</summary>
    /// <param name="host">For the error.</param>
    /// <param name="columns">The data view's columns.</param>
    /// <param name="before">There were more than so many, which is why they are not kept.</param>
    /// <param name="left">How many there were then.</param>
    public static Exception ReadOnlyOnce(IHost host, RowColumns columns, long before, long left) =>
        host.Except($"Column '{columns.Input.Name}': the {columns.Use} data had " + FormattableString.Invariant(
            $"more than {before:N0} rows when it was first read, and {left:N0} when it was read again. ") +
            "Rows that take more than TrainingOptions.RowMemoryMegabytes are read in every epoch, and this source " +
            "can be read only once: write them to a file first, for example with ml.Data.SaveAsBinary, or set " +
            "RowMemoryMegabytes to more than they take.");

    /// <summary>Zeros and ones are drawn with values as probabilities.</summary>
    /// <exception cref="InvalidOperationException">A value is outside [0, 1].</exception>
    public static void RequireProbabilities(IHost host, ValueRange range, string name, string use)
    {
        if (range is { Least: >= 0, Greatest: <= 1 })
            return;
        throw host.Except(string.Create(CultureInfo.InvariantCulture,
            $"Column '{name}' holds {use} values from {range.Least:G4} to {range.Greatest:G4}; ") +
            "Binarization.Dynamic takes them as probabilities, which lie between 0 and 1. Scale them before.");
    }

    /// <summary>Binary cross-entropy has no meaning elsewhere.</summary>
    /// <exception cref="InvalidOperationException">A value is outside [0, 1].</exception>
    public static void RequireUnitInterval(IHost host, ValueRange range, string name, string use)
    {
        if (range is { Least: >= 0, Greatest: <= 1 })
            return;
        throw host.Except(string.Create(CultureInfo.InvariantCulture,
            $"Column '{name}' holds {use} values from {range.Least:G4} to {range.Greatest:G4}; binary cross-entropy " +
            $"needs values between 0 and 1. Set Scaling = InputScaling.MinMax, scale them before, or use " +
            $"ReconstructionLoss.MeanSquaredError."));
    }
}
