using System.Runtime.InteropServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static Ml.Autoencoders.Onnx.Protocol.TensorProto.Types;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Scoring;

/// <summary>An output column and where its values come from.</summary>
/// <param name="Output">The column.</param>
/// <param name="Source">What a model computes for it.</param>
internal sealed record ScoredColumn(OutputColumn Output, ManagedOutput Source)
{
    /// <summary>The column of the code's kind that it is; null where it is another.</summary>
    public CodeColumn? CodeColumn { get; private init; }

    /// <summary>Of a label, what the value has to be above.</summary>
    public float? Threshold { get; private init; }

    /// <summary>Of a p-value, the scores that the value is compared with.</summary>
    public ReferenceScores? Reference { get; private init; }

    /// <summary>Whether the values are drawn at random.</summary>
    public bool Draws => Source is ManagedOutput.Sample or ManagedOutput.EvidenceLowerBound;

    /// <summary>Its values for a batch.</summary>
    public Tensor Read(TorchPrediction scores)
    {
        Tensor values = scores.Of(Source, CodeColumn);
        if (Reference is { } reference)
        {
            float[] numbers = values.ToNumbers();
            reference.Judge(numbers);
            return tensor(numbers, values.shape, device: CPU);
        }
        return Threshold is { } threshold ? values.IsAbove(threshold).to(ScalarType.Float32) : values;
    }

    /// <summary>The value of a row whose score is known.</summary>
    public float Of(float score)
    {
        if (Threshold is { } threshold)
            return score > threshold ? 1 : 0;
        Reference?.Judge(MemoryMarshal.CreateSpan(ref score, 1));
        return score;
    }

    /// <summary>The same values as nodes of an ONNX graph.</summary>
    public OnnxValue Export(OnnxPrediction scores)
    {
        OnnxValue values = scores.Of(Source, CodeColumn, Output.Size, Output.AreKeys);
        if (Reference is { } reference)
            return PValues(values, reference);
        return Threshold is { } threshold ? values.With("Greater", values.Graph.Constant(threshold)) : values;
    }

    /// <summary>The columns that have a name, that of the stage first.</summary>
    public static IReadOnlyList<ScoredColumn> Of(ColumnNames columns, ModelDefinition model) =>
        Of(columns, model.Network.InputSize, model.Objective.Likelihood.Columns?.All, model.Network.CodeSize,
            model.Target?.Dimensions, model.Bottleneck.Columns(model.Network.CodeSize),
            [.. model.Network.Encoder.Hidden.Select(layer => (int)layer.Size)], model.Network.Tokens?.Classes ?? 0);

    /// <summary>The columns that only an anomaly detector has.</summary>
    /// <param name="detection">How it detects anomalies.</param>
    /// <param name="columns">The names of those that have one.</param>
    public static IReadOnlyList<ScoredColumn> Of(Detection detection, ColumnNames columns) =>
    [
        new(new OutputColumn(Detection.ScoreName, 1, OutputKind.AnomalyScore), ManagedOutput.Anomaly),
        new(new OutputColumn(Detection.PredictedLabelName, 1, OutputKind.AnomalyLabel), ManagedOutput.Anomaly)
        {
            Threshold = detection.Threshold,
        },
        .. columns.PValue is { } name
            ? [new(new OutputColumn(name, 1, OutputKind.Scalar), ManagedOutput.Anomaly)
            {
                Reference = detection.Reference,
            }]
            : Array.Empty<ScoredColumn>(),
    ];

    /// <summary>The columns before there is data. Sizes are not part of a promise; any will do.</summary>
    public static IReadOnlyList<ScoredColumn> Promised(Recipe recipe) =>
    [
        .. recipe.Columns.Detects ? Of(new Detection(0, 0, 0), recipe.Columns) : [],
        .. Of(recipe.Columns, 1, null, 1, recipe.IsPaired ? [1] : null, recipe.Bottleneck.Columns(recipe.CodeSize),
            [1]),
    ];

    /// <param name="columns">Their names.</param>
    /// <param name="inputSize">Numbers in a row, D.</param>
    /// <param name="table">The slots of each column of a table; null where each slot is one.</param>
    /// <param name="codeSize">Numbers in a code, Z.</param>
    /// <param name="target">The dimensions of what is reconstructed; null where that is what is encoded.</param>
    /// <param name="codeColumns">The columns that the kind of code has.</param>
    /// <param name="hidden">Numbers that each hidden layer gives.</param>
    /// <param name="keys">Different keys of a row; 0 where it is numbers.</param>
    private static List<ScoredColumn> Of(ColumnNames columns, int inputSize, IReadOnlyList<SlotGroup>? table,
        int codeSize, IReadOnlyList<int>? target, IReadOnlyList<CodeColumn> codeColumns, IReadOnlyList<int> hidden,
        int keys = 0)
    {
        var scored = new List<ScoredColumn>();
        ScoredColumn Hidden(string name) => new(OutputColumn.HiddenAfter(0, name, hidden), ManagedOutput.Hidden);
        void Add(string? name, int size, OutputKind kind, ManagedOutput source)
        {
            if (name is not null)
                scored.Add(new ScoredColumn(new OutputColumn(name, size, kind), source));
        }

        void AddByColumn(string? name, ManagedOutput source)
        {
            if (name is not null)
                scored.Add(new ScoredColumn(table is null
                    ? new OutputColumn(name, inputSize, OutputKind.NumbersLikeInput)
                    : OutputColumn.ByColumn(name, table), source));
        }

        if (columns.Code is { } main)
        {
            scored.Add(columns.Output switch
            {
                StageOutput.HiddenActivations => Hidden(main),
                StageOutput.RowAndHiddenActivations => new ScoredColumn(
                    OutputColumn.HiddenAfter(inputSize, main, hidden), ManagedOutput.RowAndHidden),
                _ => new ScoredColumn(new OutputColumn(main, codeSize, OutputKind.NumberedVector), ManagedOutput.Code),
            });
        }
        if (columns.Reconstruction is { } reconstruction)
        {
            scored.Add(new ScoredColumn(target is null
                ? new OutputColumn(reconstruction, inputSize, OutputKind.LikeInput) { KeyCount = keys }
                : OutputColumn.Shaped(reconstruction, target), ManagedOutput.Reconstruction));
        }
        if (columns.Imputed is { } imputed)
            scored.Add(new ScoredColumn(new OutputColumn(imputed, inputSize, OutputKind.LikeInput) { KeyCount = keys },
                ManagedOutput.Imputed));
        Add(columns.Error, 1, OutputKind.Scalar, ManagedOutput.Error);
        Add(columns.FeatureErrors, inputSize, OutputKind.NumbersLikeInput, ManagedOutput.FeatureErrors);
        AddByColumn(columns.ColumnErrors, ManagedOutput.ColumnErrors);
        AddByColumn(columns.Reasons, ManagedOutput.Reasons);
        Add(columns.CodePart, 1, OutputKind.Scalar, ManagedOutput.CodePart);
        if (columns.Hidden is { } activations)
            scored.Add(Hidden(activations));
        foreach (CodeColumn column in codeColumns)
        {
            if (columns.CodeColumns.TryGetValue(column.Name, out string? name))
                scored.Add(Of(name, column));
        }
        Add(columns.Sample, codeSize, OutputKind.NumberedVector, ManagedOutput.Sample);
        Add(columns.EvidenceLowerBound, 1, OutputKind.Scalar, ManagedOutput.EvidenceLowerBound);
        return scored;
    }

    /// <summary>As <see cref="ReferenceScores.Judge"/>: the number of scores that are at least as high says where p is
    /// in the list.</summary>
    private static OnnxValue PValues(OnnxValue scores, ReferenceScores reference)
    {
        float[] kept = [.. reference.Scores];
        float[] values = reference.PValues();
        // [m], [B, 1] to [B, m]
        OnnxValue areLower = scores.Graph.Constant("scores", kept, kept.Length).With("Less", scores);
        OnnxValue count = areLower.To("Not").Cast(DataType.Float).Sum(1).Cast(DataType.Int64);
        return scores.Graph.Constant("pValues", values, values.Length).With("Gather", count)
            .Masked(scores.To("IsNaN"), float.NaN);
    }

    private static ScoredColumn Of(string name, CodeColumn column)
    {
        OutputKind kind = column.KeyCount > 0 ? OutputKind.KeyVector
            : column.IsScalar ? OutputKind.Scalar
            : OutputKind.NumberedVector;
        var output = new OutputColumn(name, column.Size, kind) { KeyCount = column.KeyCount };
        return new ScoredColumn(output, ManagedOutput.Column) { CodeColumn = column };
    }
}
