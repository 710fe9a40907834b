namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Measures codes and reconstructions, and states for each missing figure why it is missing.</summary>
internal sealed class StageFigures
{
    private readonly ComparisonData _data;
    private readonly ComparisonPlan _plan;
    private readonly int _seed;
    private readonly float[][] _judgedRows;
    private readonly string? _noNeighborhoods;

    public StageFigures(ComparisonData data, ComparisonPlan plan, int seed)
    {
        _data = data;
        _plan = plan;
        _seed = seed;
        _judgedRows = data.Test.Rows[..plan.JudgedRows];
        _noNeighborhoods = plan.Neighbors is null
            ? FormattableString.Invariant(
                $"There are too few test rows for neighborhoods: {_judgedRows.Length}, and ") +
                FormattableString.Invariant($"these need at least {PcaComparisonOptions.MinNeighborhoodRows}.")
            : AreAllTheSame(_judgedRows) ? "The test rows are all the same, and have no neighborhoods."
            : null;
    }

    /// <summary>What is measured of it, for notes.</summary>
    public static string What(ComparedStage stage) => stage.Output == StageOutput.Code ? "codes" : "features";

    /// <summary>A stage of which only the costs are known.</summary>
    public ComparedStage Missing(ComparedStage stage, string reason) => WithNote(stage, reason) with
    {
        MeanSquaredError = double.NaN,
        ExplainedVariance = double.NaN,
        LinearAccuracy = _data.TrainingKeys is null ? null : double.NaN,
        LightGbmAccuracy = _data.TrainingKeys is null ? null : double.NaN,
        NearestNeighborAccuracy = _data.TrainingKeys is null ? null : double.NaN,
        Trustworthiness = double.NaN,
        Continuity = double.NaN,
        RowsPerSecond = stage.IsFitted ? stage.RowsPerSecond : double.NaN,
    };

    public ComparedStage WithErrors(ComparedStage stage, float[][] reconstructions)
    {
        float[][] rows = _data.Test.Rows;
        if (!Finite.Are(reconstructions))
        {
            return WithNote(stage, "Its reconstructions hold numbers that are not finite.") with
            {
                MeanSquaredError = double.NaN,
                ExplainedVariance = double.NaN,
            };
        }
        stage = stage with
        {
            MeanSquaredError = Squares.OfDifferences(rows, reconstructions)
                / ((double)rows.Length * _data.FeatureCount),
            ExplainedVariance = EmbeddingQuality.ExplainedVariance(rows, reconstructions),
        };
        return double.IsNaN(stage.ExplainedVariance)
            ? WithNote(stage, "The test rows are all the same, and have no variance to explain.")
            : stage;
    }

    /// <summary>For outputs that cannot be decoded.</summary>
    public static ComparedStage WithoutErrors(ComparedStage stage) =>
        WithNote(stage, "Rows are reconstructed from codes, not from hidden activations.") with
        {
            MeanSquaredError = double.NaN,
            ExplainedVariance = double.NaN,
        };

    /// <summary>Of labels that differ.</summary>
    public ComparedStage WithAccuracies(ComparedStage stage, float[][] training, float[][] codes)
    {
        uint[] keys = _data.TrainingKeys!;
        if (Array.TrueForAll(keys, key => key == keys[0]))
        {
            string label = _data.Training.Labels![0];
            return WithNote(stage, $"Every training row has the label '{label}', and classifiers need two.") with
            {
                LinearAccuracy = double.NaN,
                LightGbmAccuracy = double.NaN,
                NearestNeighborAccuracy = double.NaN,
            };
        }
        var classifiers = new Classifiers(training, keys, codes, _data.TestKeys!);
        var notes = new List<string>(stage.Notes);
        return stage with
        {
            LinearAccuracy = Learned("The linear classifier", () => classifiers.Linear(_seed), stage, notes),
            LightGbmAccuracy = Learned("LightGBM", () => classifiers.LightGbm(_seed), stage, notes),
            NearestNeighborAccuracy = classifiers.NearestNeighbors(_plan.NearestNeighbors),
            Notes = notes,
        };
    }

    public ComparedStage WithNeighborhoods(ComparedStage stage, float[][] codes)
    {
        if (_noNeighborhoods is { } reason)
            return WithNote(stage, reason) with { Trustworthiness = double.NaN, Continuity = double.NaN };
        float[][] judged = codes[.._judgedRows.Length];
        return stage with
        {
            Trustworthiness = EmbeddingQuality.Trustworthiness(_judgedRows, judged, _plan.Neighbors!.Value),
            Continuity = EmbeddingQuality.Continuity(_judgedRows, judged, _plan.Neighbors!.Value),
        };
    }

    /// <summary>NaN where a classifier of ML.NET refuses the codes or features.</summary>
    private static double Learned(string classifier, Func<double> accuracy, ComparedStage stage, List<string> notes)
    {
        try
        {
            return accuracy();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            notes.Add($"{classifier} could not learn from its {What(stage)}: {error.Message}");
            return double.NaN;
        }
    }

    private static ComparedStage WithNote(ComparedStage stage, string note) =>
        stage with { Notes = [.. stage.Notes, note] };

    private static bool AreAllTheSame(float[][] rows) =>
        Array.TrueForAll(rows, row => row.AsSpan().SequenceEqual(rows[0]));
}
