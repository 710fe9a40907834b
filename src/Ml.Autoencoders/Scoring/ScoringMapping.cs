using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Rows to codes, reconstructions, errors and other columns that are named: what the transformer does in a pipeline.
/// </summary>
internal sealed class ScoringMapping : VectorMapping
{
    private readonly ColumnNames _names;
    private readonly Detection? _detection;
    private readonly IReadOnlyList<ScoredColumn> _columns;
    private readonly int _seed;
    private CommonNoise? _common;

    /// <param name="model">The model.</param>
    /// <param name="columns">What is read and written.</param>
    /// <param name="seed">The seed that samples are drawn from.</param>
    /// <param name="detection">How anomalies are detected; null where they are not.</param>
    /// <param name="inputSize">Numbers in a row that is read. Default: as many as the encoder takes.</param>
    public ScoringMapping(AutoencoderModel model, ColumnNames columns, int seed, Detection? detection = null,
        int? inputSize = null) : base(model)
    {
        _names = columns;
        _seed = seed;
        _detection = detection;
        InputSize = inputSize ?? model.InputSize;
        _columns = [.. detection is null ? [] : ScoredColumn.Of(detection, columns),
            .. ScoredColumn.Of(columns, model.Definition)];
        Outputs = [.. _columns.Select(column => column.Output)];
    }

    public override string InputName => _names.Input;

    public override string? LabelName => _names.Condition;

    public override int InputSize { get; }

    /// <summary>A model of enlarged pictures takes the small ones, and large ones as they were in training.</summary>
    public override int[] Sizes => [.. new[] { Model.InputSize, (int)Model.Definition.RowShape.Count }.Distinct()];

    public override bool MayHaveGaps => Model.Definition.Network.MarksGaps;

    public override TokenFormat? InputTokens => Model.Definition.Network.Tokens;

    public override ImageFormat? InputImage => Model.Definition.ImageOf(InputSize);

    public override IReadOnlyList<OutputColumn> Outputs { get; }

    public override bool Draws => _columns.Any(column => column.Draws);

    /// <summary>The columns that are made of the score alone, first among <see cref="Outputs"/>.</summary>
    public IEnumerable<ScoredColumn> OfScore => _detection is null ? [] : ScoredColumn.Of(_detection, _names);

    /// <summary>Why ONNX cannot have the scores; null where it can.</summary>
    public string? ObstacleOfScores => WindowScores.AreOfSeveral(Model.Definition.WindowScore)
        ? "The score of a row is made of those of all windows that hold it " +
          $"(WindowScore.{Model.Definition.WindowScore}), and ONNX takes each window by itself. Fit the detector " +
          "with WindowScore.Window."
        : null;

    public override string? OnnxObstacle
    {
        get
        {
            if (ObstacleOfScores is { } obstacle)
                return obstacle;
            if (InputSize != Model.InputSize)
                return $"Column '{InputName}' holds pictures of {InputSize} numbers, which the encoder takes made " +
                    $"smaller, to {Model.InputSize}: an ONNX graph takes them in that size.";
            return OnnxLimits.Drawn(_columns) ?? OnnxLimits.TooLarge(Model.Definition, OnnxPart.Stage);
        }
    }

    public override VectorMapping ForSize(int size) =>
        size == InputSize || !Sizes.Contains(size) ? this : new ScoringMapping(Model, _names, _seed, _detection, size);

    public override IReadOnlyList<OnnxValue> Export(OnnxInputs inputs)
    {
        var scores = new OnnxPrediction(Model.Definition, inputs, _detection?.Draws ?? 0, _seed);
        return [.. _columns.Select(column => column.Export(scores))];
    }

    protected override bool IsManaged(int output) =>
        ManagedModel.DrawsCodes(Model.Definition)
        || !DrawnTargets.Has(_columns[output].Source, _detection?.Draws > 0);

    protected override void MapNumbers(MappingInput input, int count, float[]?[] outputs)
    {
        var targets = new List<ManagedTarget>(outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is { } values && !NeedsTorch(i))
                targets.Add(new ManagedTarget(_columns[i].Source, values, _columns[i].CodeColumn));
        }
        Model.Managed.Score(input.Rows, count, input.LabelsOf(count), CollectionsMarshal.AsSpan(targets),
            new ManagedNoise(new RowNoise(_seed, input.Ids), Common: Common(targets)), size: InputSize);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is not { } values || NeedsTorch(i))
                continue;
            if (_columns[i].Threshold is { } threshold)
                Judge(values.AsSpan(0, count), threshold);
            _columns[i].Reference?.Judge(values.AsSpan(0, count));
        }
    }

    protected override IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids, bool[] wanted)
    {
        TorchPrediction scores = Model.Score(rows, new RowNoise(_seed, ids), _detection?.Draws ?? 0, _seed);
        return [.. _columns.Zip(wanted, (column, isWanted) => isWanted ? column.Read(scores) : null)];
    }

    private static void Judge(Span<float> scores, float threshold)
    {
        foreach (ref float score in scores)
            score = score > threshold ? 1 : 0;
    }

    /// <summary>What a detector draws with; null where it does not, or where its score is not requested, which alone
    /// needs torch's generator.</summary>
    private CommonNoise? Common(List<ManagedTarget> targets) =>
        _detection is { Draws: > 0 and var draws } && targets.Any(target => target.Output == ManagedOutput.Anomaly)
        ? _common ??= CommonNoise.Of(draws, Model.CodeSize, _seed)
        : null;
}
