using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
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
    /// <param name="images">The formats of their pictures, which become planar.</param>
    /// <returns>Null where they take more.</returns>
    /// <exception cref="InvalidOperationException">There are no rows, a value is not a finite number, or a label is
    /// missing or may not occur.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public static KeptRows? Read(IHost host, IDataView data, RowColumns columns, RowUnits images, long maxBytes,
        CancellationToken cancellation) =>
        columns is { Window: { } window, Target: null }
            ? ReadSeries(host, data, columns, window, maxBytes, cancellation)
            : ReadTable(host, data, columns, images, maxBytes, cancellation);

    private static KeptTable? ReadTable(IHost host, IDataView data, RowColumns columns, RowUnits images, long maxBytes,
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
        var groups = new List<int>();
        while (reader.MoveNext())
        {
            if (values.Count == maxRows)
                return null;
            long label = reader.Read(values.Add(), targets is null ? [] : targets.Add());
            if (layout.HasLabel)
                labels.Add(label);
            if (columns.Groups is not null)
                groups.Add(reader.Group);
        }
        if (values.Count == 0)
            throw NoRows(host, columns, reader.Skipped);
        var table = new RowBatch(values.ToTensor(), LabelsOf(labels, layout), targets?.ToTensor());
        return new KeptTable(Planar(table, images), groups);
    }

    private static KeptSeries? ReadSeries(IHost host, IDataView data, RowColumns columns, WindowColumn window,
        long maxBytes, CancellationToken cancellation)
    {
        RowLayout layout = columns.Layout;
        using RowReader reader = RowReader.Open(host, data, columns, cancellation: cancellation);
        using var series = new SeriesBuilder(window.Steps, window.Channels);
        var labels = new List<long>();
        var groups = new List<int>();
        var room = new float[layout.Width];
        while (reader.MoveNext())
        {
            long label = reader.Read(room, []);
            series.Add(room, reader.Series);
            if (series.Bytes > maxBytes)
                return null;
            if (layout.HasLabel)
                labels.Add(label);
            if (columns.Groups is not null)
                groups.Add(reader.Group);
        }
        return series.Count == 0
            ? throw NoRows(host, columns, reader.Skipped)
            : new KeptSeries(series.ToTable(LabelsOf(labels, layout)), groups);
    }

    private static Tensor? LabelsOf(List<long> labels, RowLayout layout) =>
        layout.HasLabel ? tensor(labels.ToArray(), dtype: ScalarType.Int64, device: CPU) : null;

    /// <summary>Releases what was copied.</summary>
    private static RowBatch Planar(RowBatch table, RowUnits images)
    {
        RowBatch planar = images.Planar(table);
        if (!ReferenceEquals(planar.Values, table.Values))
            table.Values.Dispose();
        if (!ReferenceEquals(planar.Targets, table.Targets))
            table.Targets?.Dispose();
        return planar;
    }

    /// <summary>The error where there are none.</summary>
    /// <param name="host">For the error.</param>
    /// <param name="columns">The data view's columns.</param>
    /// <param name="skipped">Rows that have no window.</param>
    public static Exception NoRows(IHost host, RowColumns columns, long skipped) =>
        host.Except($"Column '{columns.Input.Name}': " + (skipped == 0
            ? $"the {columns.Use} data has no rows. An autoencoder needs at least one. " +
              "A source that can be read only once is empty after an earlier stage or fit has read it: " +
              "keep its rows in a list first."
            : FormattableString.Invariant($"none of the {skipped:N0} {columns.Use} rows has a window. Each is made ") +
              FormattableString.Invariant($"of {columns.Window!.Steps:N0} rows ") +
              (columns.Window.Group is { } group ? $"of one group (column '{group}') " : "") +
              "without a gap between them. Use a shorter SlidingWindowOptions.Length, or Start = " +
              "WindowStart.FirstRow."));

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
