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

    /// <summary>Both tables on the device, and what the input scaling learned; null where there is none.</summary>
    /// <exception cref="InvalidOperationException">There are no rows, or a value cannot be learned from.</exception>
    public (TrainingData Data, InputScaler? Scaler) Read(IDataView input, IDataView? validation, RandomStreams random, Device device)
    {
        Tensor rows = ReadTable(input, TrainingUse);
        Tensor? held = validation is null ? null : ReadTable(validation, ValidationUse);
        if (recipe.Training.ValidationFraction > 0)
            (rows, held) = Split(rows, random);

        InputScaler? scaler = InputScaler.Learn(recipe.Scaling, rows);
        try
        {
            scaler?.ApplyInPlace(rows);
            if (held is not null)
                scaler?.ApplyInPlace(held);
            RequireLearnable(rows, held);
            return (new TrainingData(MoveTo(device, rows), held is null ? null : MoveTo(device, held)), scaler);
        }
        catch
        {
            scaler?.Dispose();
            throw;
        }
    }

    private Tensor ReadTable(IDataView data, string use) =>
        TrainingRows.Read(host, data, recipe.Columns.Input, use, definition.Network.InputSize).ToTensor();

    /// <summary>At least one row stays on each side.</summary>
    private (Tensor Training, Tensor Validation) Split(Tensor rows, RandomStreams random)
    {
        long count = rows.shape[0];
        long held = (long)Math.Round(count * (double)recipe.Training.ValidationFraction);
        if (held < 1 || held == count)
        {
            throw host.Except(FormattableString.Invariant(
                $"TrainingOptions.ValidationFraction is {recipe.Training.ValidationFraction}, which leaves {count - held} of {count} rows to train on and {held} to measure on; each needs at least one."));
        }
        using Generator generator = random.Create(RandomUse.ValidationSplit, CPU);
        Tensor order = randperm(count, generator: generator, dtype: ScalarType.Int64, device: CPU);
        Tensor training = rows.index_select(0, order.narrow(0, held, count - held));
        Tensor validation = rows.index_select(0, order.narrow(0, 0, held));
        rows.Dispose();
        return (training, validation);
    }

    /// <summary>Rows in a GPU's memory need not stay in main memory too.</summary>
    private static Tensor MoveTo(Device device, Tensor rows)
    {
        if (device.type == TorchSharp.DeviceType.CPU)
            return rows;
        using (rows)
            return rows.to(device);
    }

    private void RequireLearnable(Tensor rows, Tensor? held)
    {
        if (definition.Objective.NeedsUnitInterval)
        {
            TrainingRows.RequireUnitInterval(host, rows, recipe.Columns.Input, TrainingUse);
            // What min-max scaling learned of the training rows may put others a little outside.
            if (recipe.Scaling == InputScaling.MinMax)
                held?.clamp_(0, 1);
            else if (held is not null)
                TrainingRows.RequireUnitInterval(host, held, recipe.Columns.Input, ValidationUse);
        }
        if (!definition.Network.NormalisesBatches)
            return;
        if (rows.shape[0] == 1)
            throw host.Except($"Column '{recipe.Columns.Input}': there is one row to train on, and batch normalisation needs at least 2.");
        if (recipe.Training.BatchSize == 1)
            throw host.Except("TrainingOptions.BatchSize is 1, and batch normalisation needs batches of at least 2 rows.");
    }
}
