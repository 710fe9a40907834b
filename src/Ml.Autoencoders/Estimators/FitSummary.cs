using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Training;
using static System.FormattableString;

namespace Ml.Autoencoders.Estimators;

/// <summary>What a fit uses where the number of rows decided, as one line of the log.</summary>
internal static class FitSummary
{
    public static string Of(ChosenFit chosen, long rows)
    {
        (Recipe recipe, ModelDefinition definition) = chosen;
        TrainingOptions training = recipe.Training;
        bool marksGaps = definition.Network.MarksGaps;
        string gaps = marksGaps ? "gaps left out, " : "";
        string updates = training.Updates is { } wanted ? Invariant($"at least {wanted:N0} updates in ") : "";
        string epochs = training.ChosenEpochs == 1 ? "1 epoch" : Invariant($"{training.ChosenEpochs:N0} epochs");
        Corruption applied = marksGaps ? HidingNoise.Of(definition.Corruption, []) : definition.Corruption;
        string corruption = applied == Corruption.None ? "" : $"{applied}, ";
        string column = ScoredColumn.Of(recipe.Columns, definition)
            .Where(scored => scored.Output.Name == recipe.Columns.Code)
            .Select(scored => Invariant($" Column '{scored.Output.Name}': {scored.Output.Size:N0} numbers."))
            .FirstOrDefault("");
        return Invariant($"For {rows:N0} rows of {definition.RowShape.Count:N0}: encoder {Sizes(definition)}, ") +
            Invariant($"{gaps}scaling {recipe.Scaling}, {corruption}{updates}{epochs} of batches of ") +
            Invariant($"{Math.Min(rows, training.ChosenBatchSize):N0}, {training.ChosenOptimizer} with ") +
            Invariant($"learning rate {training.ChosenLearningRate} ({training.ChosenSchedule}){Score(recipe)}.") +
            column;
    }

    /// <summary>What the score of a detector is made of, where that is chosen.</summary>
    private static string Score(Recipe recipe)
    {
        if (!recipe.Columns.Detects || recipe.Objective.MeasuresProbability)
            return "";
        string trimmed = recipe.Score.HaveCode() && recipe.TrimmedShare > 0
            ? Invariant($", estimated without {recipe.TrimmedShare:0.####%} of the rows") : "";
        return $", score {recipe.Score}{trimmed}";
    }

    /// <summary>What is between its layers, from the row to the code: <c>30-64-64-8</c>.</summary>
    private static string Sizes(ModelDefinition definition)
    {
        var encoder = definition.Network.Encoder;
        IEnumerable<string> sizes = encoder.Layers.Zip(encoder.LayerInputs)
            .Where(pair => pair.First.JoinsNumbers)
            .Select(pair => Invariant($"{pair.First.OutputShape(pair.Second)}"));
        return string.Join('-', sizes.Prepend(Invariant($"{encoder.InputShape}")));
    }
}
