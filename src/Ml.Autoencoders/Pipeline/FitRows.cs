using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>From the data views of a fit to the tables that it trains and measures on: read, split, scaled and checked.</summary>
internal sealed class FitRows(IHost host, Recipe recipe, ModelDefinition definition)
{
    private const string TrainingUse = "training";
    private const string ValidationUse = "validation";

    private string TargetName => recipe.Columns.Target ?? recipe.Columns.Input;

    /// <summary>Both tables on the device, and what was learned in reading them.</summary>
    /// <exception cref="InvalidOperationException">There are no rows, or a value cannot be learned from.</exception>
    public FitData Read(IDataView input, IDataView? validation, RandomStreams random, Device device)
    {
        RowBatch rows = ReadTable(input, TrainingUse, definition.Condition, knows: null);
        RowBatch? held = null;
        if (recipe.Training.ValidationFraction > 0)
            (rows, held) = Split(rows, random);
        Condition? condition = Count(rows);
        if (validation is not null)
            held = ReadTable(validation, ValidationUse, condition, condition is null ? null : condition.Knows);

        bool arePictures = (definition.Target is { } target ? target.Image : definition.Image) is not null;
        ValueRange? range = arePictures ? ValueRange.Of(rows.Target) : null;
        InputScaler? scaler = InputScaler.Learn(recipe.Scaling, rows.Values);
        InputScaler? targetScaler = null;
        try
        {
            targetScaler = rows.Targets is { } targets ? InputScaler.Learn(recipe.Scaling, targets) : null;
            foreach (RowBatch table in new[] { rows, held }.OfType<RowBatch>())
            {
                scaler?.ApplyInPlace(table.Values);
                if (table.Targets is { } others)
                    targetScaler?.ApplyInPlace(others);
            }
            RequireLearnable(rows.Target, held?.Target);
            return new FitData(new TrainingData(MoveTo(device, rows), held is null ? null : MoveTo(device, held)), scaler, targetScaler, condition, range);
        }
        catch
        {
            scaler?.Dispose();
            targetScaler?.Dispose();
            throw;
        }
    }

    private RowBatch ReadTable(IDataView data, string use, Condition? condition, Func<long, bool>? knows)
    {
        DataViewSchema.Column input = InputColumn.Find(host, data.Schema, recipe.Columns.Input, InputColumn.InputRole, (int)definition.RowShape.Count);
        DataViewSchema.Column? target = recipe.Columns.Target is { } name
            ? InputColumn.Find(host, data.Schema, name, InputColumn.TargetRole, definition.Network.OutputSize)
            : null;
        LabelColumn? label = condition is null ? null : LabelColumn.Find(host, data.Schema, recipe.Columns.Condition!, condition.Labels);
        if (definition.Image is { } image)
            ImageColumn.Require(host, input, image);
        if (target is { } second && definition.Target?.Image is { } targetImage)
            ImageColumn.Require(host, second, targetImage);
        RowBatch rows = TrainingRows.Read(host, data, input, target, label, knows, use);
        return rows with
        {
            Values = Planar(definition.Image, rows.Values),
            Targets = rows.Targets is null ? null : Planar(definition.Target?.Image, rows.Targets),
        };
    }

    /// <summary>The rows as the network sees them; nobody else reads the table.</summary>
    private static Tensor Planar(ImageFormat? image, Tensor table)
    {
        if (image is null or { Order: PixelOrder.Planar })
            return table;
        using (table)
            return image.ToPlanar(table);
    }

    private Condition? Count(RowBatch rows)
    {
        if (definition.Condition is not { } condition || rows.Labels is not { } labels)
            return null;
        using Tensor counts = labels.bincount(null, condition.Labels.Count);
        return condition with { Rows = counts.data<long>().ToArray() };
    }

    /// <summary>At least one row stays on each side.</summary>
    private (RowBatch Training, RowBatch Validation) Split(RowBatch rows, RandomStreams random)
    {
        long count = rows.Count;
        long held = (long)Math.Round(count * (double)recipe.Training.ValidationFraction);
        if (held < 1 || held == count)
        {
            throw host.Except(FormattableString.Invariant(
                $"TrainingOptions.ValidationFraction is {recipe.Training.ValidationFraction}, which leaves {count - held} of {count} rows to train on and {held} to measure on; each needs at least one."));
        }
        using Generator generator = random.Create(RandomUse.ValidationSplit);
        Tensor order = Draws.Permutation(count, CPU, generator);
        RowBatch training = rows.Select(order.narrow(0, held, count - held));
        RowBatch validation = rows.Select(order.narrow(0, 0, held));
        rows.Values.Dispose();
        rows.Targets?.Dispose();
        return (training, validation);
    }

    /// <summary>Rows in a GPU's memory need not stay in main memory too.</summary>
    private static RowBatch MoveTo(Device device, RowBatch rows)
    {
        if (device.type == TorchSharp.DeviceType.CPU)
            return rows;
        using (rows.Values)
        using (rows.Targets)
            return rows.To(device);
    }

    private void RequireLearnable(Tensor rows, Tensor? held)
    {
        if (definition.Objective.Likelihood.NeedsUnitInterval)
        {
            TrainingRows.RequireUnitInterval(host, rows, TargetName, TrainingUse);
            // What min-max scaling learned of the training rows may put others a little outside.
            if (held is not null && recipe.Scaling != InputScaling.MinMax)
                TrainingRows.RequireUnitInterval(host, held, TargetName, ValidationUse);
        }
        if (definition.Network.NormalisesBatches)
            RequireBatches("batch normalisation", 2, rows.shape[0]);
        RequireBatches($"a {recipe.Family} autoencoder", definition.Objective.LeastRows, Math.Min(rows.shape[0], held?.shape[0] ?? long.MaxValue));
    }

    private void RequireBatches(string what, int least, long rows)
    {
        if (rows < least)
            throw host.Except($"Column '{recipe.Columns.Input}': there is one row to train on or to measure on, and {what} needs at least {least}.");
        if (recipe.Training.BatchSize < least)
            throw host.Except($"TrainingOptions.BatchSize is {recipe.Training.BatchSize}, and {what} needs batches of at least {least} rows.");
    }
}
