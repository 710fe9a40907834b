using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// From the data views of a fit to the rows that it trains and measures on: read, split, scaled and checked.
/// </summary>
/// <param name="host">For errors, and checked between rows for whether to continue.</param>
/// <param name="recipe">What is known before rows are counted: how they are read does not depend on their
/// number.</param>
/// <param name="definition">The same.</param>
internal sealed class FitRows(IHost host, Recipe recipe, ModelDefinition definition)
{
    private readonly RowUnits _images = new(definition.Image, definition.Target?.Image);

    /// <summary>Which slots are categories; null where none is.</summary>
    private SlotColumns? Table => definition.Objective.Likelihood.Columns;

    private bool ArePictures => (definition.Target is { } target ? target.Image : definition.Image) is not null;

    private bool Splits => recipe.Training.ValidationFraction > 0;

    private bool NeedsUnitInterval => definition.Objective.Likelihood.NeedsUnitInterval;

    /// <summary>Min-max scaling learned from the training rows may put other rows a little outside of [0, 1].</summary>
    private bool ChecksValidation => NeedsUnitInterval && recipe.Scaling != InputScaling.MinMax;

    private CancellationToken Cancellation => recipe.Training.Cancellation;

    private RowFacts Digest => recipe.Training.IsIdentified ? RowFacts.Digest : RowFacts.None;

    /// <summary>Both sets of rows on the device, and what was learned in reading them.</summary>
    /// <param name="input">The rows to learn from.</param>
    /// <param name="validation">The rows to measure on, where they have their own view.</param>
    /// <param name="choose">What is done with a number of rows to learn from.</param>
    /// <param name="random">The generators of the fit.</param>
    /// <param name="device">Where the rows are trained on.</param>
    /// <exception cref="InvalidOperationException">There are no rows, or a value cannot be learned from.</exception>
    /// <exception cref="OperationCanceledException">The fit was canceled: there is no model yet that it could
    /// return.</exception>
    public FitData Read(IDataView input, IDataView? validation, Func<long, ChosenFit> choose, RandomStreams random,
        Device device)
    {
        var owned = new Owned();
        try
        {
            RowColumns columns = Columns(input, RowColumns.TrainingUse, definition.Condition, knows: null);
            var sources = new RowSources(host, recipe, _images, owned);
            (RowSource training, RowSource? held, string? division) = Splits
                ? sources.OpenSplit(input, columns, random)
                : (sources.Open(input, columns), null, null);
            RowSurvey survey = owned.Add(training.Survey(Facts | training.NeededForTraining, Cancellation));
            Condition? condition = Counted(survey);
            RowColumns scored = columns;
            if (validation is not null)
            {
                scored = Columns(validation, RowColumns.ValidationUse, condition,
                    condition is null ? null : condition.Knows);
                held = sources.Open(validation, scored);
            }
            if (WindowScores.AreOfSeveral(definition.WindowScore))
                sources.RequireSeries(held ?? training, validation ?? input, scored, definition.Window!);
            RowSurvey? heldSurvey = held is null ? null : owned.Add(held.Survey(
                Digest | Gaps | held.NeededForMeasuring | OfCategories
                    | (ChecksValidation ? RowFacts.Range : RowFacts.None),
                Cancellation));
            if (division is null)
                sources.RequireAll(training, columns, survey.Count + (Splits ? heldSurvey!.Count : 0));
            if (Splits)
                sources.RequireBothSides(survey.Count, heldSurvey!.Count);
            else if (heldSurvey is not null)
                sources.RequireAll(held!, columns with { Use = RowColumns.ValidationUse }, heldSurvey.Count);

            RequireValues(survey, columns);
            if (Table is { } table)
            {
                var check = new CategoryCheck(host, columns.Input, table, recipe.Categories);
                check.Require(survey.Values, RowColumns.TrainingUse);
                if (heldSurvey is not null)
                    check.Require(heldSurvey.Values, RowColumns.ValidationUse);
            }
            RequireScalable(survey, columns);
            RowUnits units = Learn(survey, owned);
            RequireUnitIntervals(survey, heldSurvey, units);
            ChosenFit chosen = choose(survey.Count);
            RequireLearnable(chosen, survey.Count, heldSurvey?.Count);
            if (training is RowStreamSource)
                sources.RequireRoomForBatches(chosen.Recipe, columns);
            ValueRange? range = ArePictures ? survey.Targets.Range() : null;
            var rows = new TrainingData(training.Ready(units, survey, device), held?.Ready(units, heldSurvey!, device))
            {
                UnevenSlots = UnevenSlotsOf(survey, columns),
            };
            chosen = chosen with { Definition = chosen.Definition with { Condition = condition, Range = range } };
            return new FitData(rows, units, chosen, survey.Values.Range(),
                $"{survey.Digest} {heldSurvey?.Digest}", division, owned);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    private RowFacts Gaps => recipe.LeavesOutMissing ? RowFacts.Gaps : RowFacts.None;

    /// <summary>What shows whether the slots of categories say which class a row has.</summary>
    private RowFacts OfCategories => Table is null ? RowFacts.None : RowFacts.Range | RowFacts.Moments;

    private RowFacts Facts => Digest | Gaps | recipe.Scaling switch
    {
        InputScaling.Standardize => RowFacts.Range | RowFacts.Moments,
        _ => RowFacts.Range | OfCategories,
    };

    private RowColumns Columns(IDataView data, string use, Condition? condition, Func<long, bool>? knows)
    {
        DataViewSchema.Column input = InputColumn.Find(host, data.Schema, recipe.Columns.Input, InputColumn.InputRole,
            mayBeKeys: true, (int)definition.RowShape.Count);
        TokenColumn.Require(host, input, definition.Network.Tokens, definition.KeyNames);
        DataViewSchema.Column? target = recipe.Columns.Target is { } name
            ? InputColumn.Find(host, data.Schema, name, InputColumn.TargetRole, definition.Network.OutputSize)
            : null;
        LabelColumn? label = condition is null
            ? null : LabelColumn.Find(host, data.Schema, recipe.Columns.Condition!, condition.Labels);
        if (definition.Image is { } image)
            ImageColumn.Require(host, input, image);
        if (definition.Network.Sequence is { } sequence)
            SequenceColumn.Require(host, input, sequence);
        if (target is { } second && definition.Target?.Image is { } targetImage)
            ImageColumn.Require(host, second, targetImage);
        var columns = new RowColumns(input, target, label, knows, use, recipe.LeavesOutMissing)
        {
            Window = WindowColumn.Of(host, input),
        };
        return columns with
        {
            Series = RowGroups.OfWindows(data.Schema, columns.Window),
            Groups = GroupsOf(data.Schema, columns),
        };
    }

    /// <summary>The groups that rows are divided by: those of the column that is named, or those of windows.</summary>
    private RowGroups? GroupsOf(DataViewSchema schema, RowColumns columns)
    {
        if (!Splits || columns.Use != RowColumns.TrainingUse)
            return null;
        if (recipe.Training.ValidationGroupColumnName is { } chosen)
            return new RowGroups(GroupColumn.Find(host, schema, chosen).Column);
        if (columns.Window?.Group is not { } name)
            return null;
        if (RowGroups.OfWindows(schema, columns.Window) is { } series)
            return series;
        throw host.Except($"Column '{columns.Input.Name}' holds windows of the groups of column '{name}', which the " +
            "data does not have, and validation rows are held out by group. Keep the column, name another one in " +
            "TrainingOptions.ValidationGroupColumnName, or give the fit a validation data view.");
    }

    private Condition? Counted(RowSurvey survey) => definition.Condition is { } condition
        ? condition with
        {
            Rows = [.. Enumerable.Range(0, condition.Labels.Count)
                .Select(label => survey.Labels.GetValueOrDefault(label))],
        }
        : null;

    /// <summary>The warning about slots that dwarf the others. Pixels are all of one unit, and cross-entropy has its
    /// own bounds.</summary>
    private string? UnevenSlotsOf(RowSurvey survey, RowColumns columns)
    {
        if (recipe.Scaling != InputScaling.None || NeedsUnitInterval || definition.Network.Tokens is not null)
            return null;
        string? found = definition.Image is null ? UnevenSlots.Find(survey.Values, columns.Input) : null;
        if (found is null && columns.Target is { } target && definition.Target?.Image is null)
            found = UnevenSlots.Find(survey.Targets, target);
        return found;
    }

    /// <summary>Nothing can be learned about a slot whose values are all missing.</summary>
    private void RequireValues(RowSurvey survey, RowColumns columns)
    {
        if (!recipe.LeavesOutMissing)
            return;
        RequireValues(survey.Values, columns.Input);
        if (columns.Target is { } target)
            RequireValues(survey.Targets, target);
    }

    private void RequireValues(SlotStatistics slots, DataViewSchema.Column column)
    {
        if (slots.FindEmpty() is { } slot)
        {
            throw host.Except($"Column '{column.Name}', {SlotNames.Of(column).Name(slot)}: every training row misses " +
                "this value (it is NaN). MissingValueHandling.LeaveOut needs each slot to have a value in at least " +
                "one row; leave the slot out of the column.");
        }
    }

    /// <summary>A scaling takes the difference of two numbers of a slot, which is to be a Single.</summary>
    private void RequireScalable(RowSurvey survey, RowColumns columns)
    {
        if (recipe.Scaling == InputScaling.None)
            return;
        RequireScalable(survey.Values, columns.Input, definition.Image);
        if (columns.Target is { } target)
            RequireScalable(survey.Targets, target, definition.Target?.Image);
    }

    private void RequireScalable(SlotStatistics slots, DataViewSchema.Column column, ImageFormat? image)
    {
        if (slots.FindUnscalable(recipe.Scaling) is not (int slot, float least, float greatest))
            return;
        string where = image is null ? SlotNames.Of(column).Name(slot) : "a pixel";
        throw host.Except(FormattableString.Invariant(
            $"Column '{column.Name}', {where}: training values reach from {least:G4} to {greatest:G4}, ") +
            FormattableString.Invariant(
                $"a range that is too large for a Single, so InputScaling.{recipe.Scaling} cannot scale them. ") +
            "Numbers like these mostly stand for missing values: replace them or leave out their rows before the fit.");
    }

    /// <summary>The scaling, learned from the training rows.</summary>
    private RowUnits Learn(RowSurvey survey, Owned owned)
    {
        if (recipe.Scaling == InputScaling.None)
            return _images;
        return _images with
        {
            Scaler = owned.Add(InputScaler.Learn(recipe.Scaling, survey.Values, Table)),
            TargetScaler = recipe.Columns.Target is null
                ? null : owned.Add(InputScaler.Learn(recipe.Scaling, survey.Targets)),
        };
    }

    private void RequireUnitIntervals(RowSurvey survey, RowSurvey? held, RowUnits units)
    {
        if (NeedsUnitInterval)
            RequireUnitInterval(survey, units, RowColumns.TrainingUse);
        if (held is not null && ChecksValidation)
            RequireUnitInterval(held, units, RowColumns.ValidationUse);
    }

    private void RequireLearnable(ChosenFit chosen, long training, long? held)
    {
        int batchSize = chosen.Recipe.Training.ChosenBatchSize;
        if (chosen.Definition.Network.NormalizesBatches)
            RequireBatches("batch normalization", 2, training, RowColumns.TrainingUse);
        RequireBatches("a corruption that takes the values of other rows", chosen.Definition.Corruption.MinRows,
            training, RowColumns.TrainingUse);
        string family = $"{Article.Before(recipe.Family)} {recipe.Family} autoencoder";
        int least = chosen.Definition.Objective.MinRows;
        RequireBatches(family, least, training, RowColumns.TrainingUse);
        RequireBatches(family, least, held ?? long.MaxValue, RowColumns.ValidationUse);

        void RequireBatches(string what, int least, long rows, string use)
        {
            if (rows < least)
            {
                throw host.Except(
                    $"Column '{recipe.Columns.Input}': there is one {use} row, and {what} needs at least {least}.");
            }
            if (batchSize < least)
                throw host.Except($"TrainingOptions.BatchSize is {batchSize}, and {what} needs batches of at least " +
                    $"{least} rows.");
        }
    }

    private void RequireUnitInterval(RowSurvey survey, RowUnits units, string use)
    {
        if (definition.Binarizes)
        {
            TrainingRows.RequireProbabilities(host, survey.Values.Range(), recipe.Columns.Input, use);
            if (recipe.Columns.Target is { } target)
                TrainingRows.RequireProbabilities(host, survey.Targets.Range(), target, use);
            return;
        }
        TrainingRows.RequireUnitInterval(host, survey.Targets.Range(units.ReconstructionScaler),
            recipe.Columns.Target ?? recipe.Columns.Input, use);
    }
}
