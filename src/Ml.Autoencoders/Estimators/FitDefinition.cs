using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Estimators;

/// <summary>
/// Resolves a recipe for the columns of a data view: what pictures they hold, and which layers that takes.
/// </summary>
internal sealed class FitDefinition(IHost host, Recipe recipe)
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type, or not a picture of the
    /// given format.</exception>
    /// <exception cref="InvalidOperationException">Network or corruption do not fit the columns.</exception>
    public ModelDefinition Of(DataViewSchema schema)
    {
        (DataViewSchema.Column input, int size) = InputColumn.Find(host, schema, recipe.Columns.Input,
            mayBeKeys: true);
        TokenColumn? tokens = FitTokens.Of(host, recipe, input);
        LabelColumn? label = recipe.Columns.Condition is { } name ? LabelColumn.Find(host, schema, name) : null;
        ImageFormat? image = ImageColumn.Find(host, input, recipe.Image);
        if (image is null && (recipe.Corruption.NeedsImage || recipe.Network.Picture is not null))
            ImageColumn.RequireOneReading(host, input, recipe.Network.Picture);
        RequirePictures(input, size, image);
        Target? target = TargetOf(schema, input, image);
        SequenceFormat? sequence = SequenceOf(input, tokens?.Format);
        Shape seen = Corrupted(input, size, image);
        try
        {
            if (sequence is not null && recipe.Columns.Target is { } targetName)
                RequireSteps(sequence, schema[targetName]);
            NetworkPlan plan = Plan(size, seen, image is not null, sequence, target, label?.Labels.Count ?? 0,
                tokens?.Format);
            if (recipe.Columns.HiddenWish is { } wish && plan.HiddenFault(recipe.Columns.HoldsRow) is { } fault)
                throw host.Except($"{wish.Option} is {wish.Value}, and {fault}");
            if (target is { Image: null } && plan.OutputPicture is { IsImage: true } given
                && recipe.Columns.Target is { } other)
            {
                ImageColumn.RequireOneReading(host, schema[other], given, input.Name);
            }
            IReadOnlyList<SlotGroup> categories = tokens is null ? CategoriesOf(input, image) : [];
            // A picture has pixels, and no categories.
            Corruption corruption = image is null && recipe.Corruption.TakesGroups
                ? recipe.Corruption.For(categories is [] ? CategoricalSlots.Of(host, input) : categories)
                : recipe.Corruption;
            Objective objective = recipe.Objective with
            {
                Likelihood = LikelihoodOf(input, size, categories, tokens?.Format),
            };
            Condition? condition = label is null ? null : new Condition(label.Labels, new long[label.Labels.Count]);
            var definition = new ModelDefinition(recipe.Family, plan, recipe.Bottleneck, objective,
                corruption, recipe.Scaling, condition)
            {
                Image = image,
                Target = target,
                Binarization = recipe.Binarization,
                Score = recipe.Score,
                Window = WindowOf(input, image),
                WindowScore = recipe.WindowScore,
                GivesReasons = recipe.Columns.Reasons is not null,
                KeyNames = tokens?.Names,
            };
            definition.RequireBuildable();
            return definition;
        }
        catch (NetworkException error)
        {
            throw host.Except(error,
                $"The network does not fit column '{input.Name}', a vector of {size}: {error.Message}");
        }
    }

    /// <summary>Pictures are what corruption and gaps have to go with.</summary>
    private void RequirePictures(DataViewSchema.Column input, int size, ImageFormat? image)
    {
        if (image is null && recipe.Corruption.NeedsImage)
        {
            throw host.Except(
                $"Column '{input.Name}' is a vector of {size}, and the corruption changes pictures. Specify what a " +
                "row is, for example with Image = new ImageFormat(height: 28, width: 28).");
        }
        if (image is not null && recipe.LeavesOutMissing)
        {
            throw host.Except($"Column '{input.Name}' holds pictures of {image}, and MissingValues is LeaveOut, " +
                "which takes rows that are vectors: use MissingValueHandling.Refuse.");
        }
    }

    /// <summary>Null where the network takes rows as they are.</summary>
    private SequenceFormat? SequenceOf(DataViewSchema.Column input, TokenFormat? tokens) =>
        !recipe.Network.TakesSequences ? null
        : tokens is null ? SequenceColumn.Find(host, input, recipe.Sequence)
        : new SequenceFormat(tokens.Steps, tokens.Classes);

    /// <summary>Null where the column holds no windows of series, or they are taken as pictures.</summary>
    private WindowSize? WindowOf(DataViewSchema.Column input, ImageFormat? image)
    {
        if (image is null && WindowColumn.Of(host, input) is { } window)
            return new WindowSize(window.Steps, window.Channels);
        return recipe.WindowScore == WindowScore.Window ? null : throw host.Except(
            $"Column '{input.Name}' does not hold windows that ml.Transforms.SlidingWindow made" +
            $"{(image is null ? "" : ", or they are taken as pictures")}, and WindowScore is {recipe.WindowScore}, " +
            "which a row of a series has. Append the detector to SlidingWindow, or use WindowScore.Window.");
    }

    private Likelihood LikelihoodOf(DataViewSchema.Column input, int size, IReadOnlyList<SlotGroup> categories,
        TokenFormat? tokens)
    {
        if (tokens is not null)
            return new CategoricalLikelihood(tokens.Steps, tokens.Classes);
        if (categories is [])
            return recipe.Objective.Likelihood;
        if (recipe.WindowScore == WindowScore.LastStep)
            throw host.Except($"Column '{input.Name}' has categories (Categories is {recipe.Categories}), and " +
                "WindowScore is LastStep, which is about windows of numbers. Use Categories.None.");
        var columns = new SlotColumns(size, categories);
        if (columns.Count * (long)size > Limits.TableNumbers)
            throw host.Except(FormattableString.Invariant(
                $"Column '{input.Name}' has {columns.Count:N0} columns in {size:N0} slots, and Categories is ") +
                FormattableString.Invariant($"{recipe.Categories}; the product of the two must be at most ") +
                FormattableString.Invariant($"{Limits.TableNumbers:N0}. Use Categories.None, or fewer classes."));
        return recipe.Objective.Likelihood.With(size, categories);
    }

    private IReadOnlyList<SlotGroup> CategoriesOf(DataViewSchema.Column input, ImageFormat? image)
    {
        IReadOnlyList<SlotGroup> categories = CategoricalSlots.Of(host, input, recipe.Categories);
        return categories is [] || image is null ? categories
            : throw host.Except($"Column '{input.Name}' holds pictures of {image}, and Categories is " +
                $"{recipe.Categories}; pictures have none: it must be None.");
    }

    /// <summary>The shape of the rows that the encoder gets in training.</summary>
    private Shape Corrupted(DataViewSchema.Column input, int size, ImageFormat? image)
    {
        try
        {
            return recipe.Corruption.Leaves(image?.Shape ?? Shape.Vector(size));
        }
        catch (NetworkException error)
        {
            throw host.Except(error,
                $"The corruption does not fit column '{input.Name}', a vector of {size}: {error.Message}");
        }
    }

    /// <summary>Null where a row is reconstructed from itself.</summary>
    private Target? TargetOf(DataViewSchema schema, DataViewSchema.Column input, ImageFormat? image)
    {
        if (recipe.Columns.Target is { } name)
        {
            (DataViewSchema.Column column, _) = InputColumn.Find(host, schema, name, InputColumn.TargetRole);
            return new Target(((VectorDataViewType)column.Type).Dimensions, ImageColumn.FindTarget(column, image));
        }
        return recipe.Corruption.Reduces ? new Target(((VectorDataViewType)input.Type).Dimensions, image) : null;
    }

    /// <summary>A column of sequences that are to be reconstructed from others has as many steps.</summary>
    private static void RequireSteps(SequenceFormat sequence, DataViewSchema.Column target)
    {
        if (SequenceColumn.OfDimensions(target) is { } wanted && wanted.Steps != sequence.Steps)
            throw new NetworkException(FormattableString.Invariant(
                $"it gives sequences of {sequence.Steps} steps, and those to reconstruct are {wanted}."));
    }

    private NetworkPlan Plan(int size, Shape seen, bool isPicture, SequenceFormat? sequence, Target? target,
        int conditionSize, TokenFormat? tokens)
    {
        int outputs = target?.Dimensions.Aggregate(1, (product, dimension) => product * dimension) ?? size;
        if (recipe.Network.Picture is { } picture)
            RequirePicture(picture, seen, isPicture);
        NetworkPlan plan = recipe.Network.Plan((int)seen.Count, recipe.Bottleneck.EncoderOutputs(recipe.CodeSize),
            recipe.CodeSize,
            recipe.Objective.Likelihood.NeedsUnitInterval, conditionSize, outputs, sequence,
            recipe.LeavesOutMissing && tokens is null, tokens);
        if (target?.Image is { } wanted && plan.OutputPicture is { IsImage: true } given && !given.Equals(wanted.Shape))
            throw new NetworkException(
                $"it gives pictures of {given} (channels x height x width), and those to reconstruct are " +
                $"{wanted.Shape}.");
        plan.RequireBuildable();
        return plan;
    }

    /// <summary>Called before layers get a row that they were not made for, and fail in a reshape that nobody has
    /// written.</summary>
    private static void RequirePicture(Shape picture, Shape seen, bool isPicture)
    {
        if (isPicture && !picture.Equals(seen))
        {
            throw new NetworkException(
                $"it takes pictures of {picture} (channels x height x width), and gets those of {seen}.");
        }
        if (picture.Count == seen.Count)
            return;
        long pixels = picture.Count / picture.Dimensions[0];
        string remedy = seen.Count % pixels == 0
            ? FormattableString.Invariant($" With channels: {seen.Count / pixels} it would take these.")
            : "";
        throw new NetworkException($"it takes pictures of {picture} (channels x height x width), "
            + FormattableString.Invariant(
            $"which are {picture.Count} numbers, and gets rows of {seen.Count}.{remedy}"));
    }
}
