using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Rows to codes, reconstructions, errors and what else is named: what the transformer does in a pipeline.</summary>
internal sealed class ScoringMapping : VectorMapping
{
    private readonly IReadOnlyList<ScoredColumn> _columns;
    private readonly int _seed;

    /// <param name="model">The model.</param>
    /// <param name="columns">What is read and written.</param>
    /// <param name="seed">What samples are drawn from.</param>
    public ScoringMapping(AutoencoderModel model, ColumnNames columns, int seed) : base(model)
    {
        InputName = columns.Input;
        LabelName = columns.Condition;
        _seed = seed;
        _columns = ScoredColumn.Of(columns, model.InputSize, model.CodeSize, model.Definition.Bottleneck);
        Outputs = [.. _columns.Select(column => column.Output)];
    }

    public override string InputName { get; }

    public override string? LabelName { get; }

    public override int InputSize => Model.InputSize;

    public override IReadOnlyList<OutputColumn> Outputs { get; }

    public override bool Draws => _columns.Any(column => column.Draws);

    /// <summary>The outputs before there is data. Sizes are not part of a promise; any will do.</summary>
    public static IEnumerable<OutputColumn> PromisedBy(ColumnNames columns) => ScoredColumn.Of(columns, 1, 1, bottleneck: null).Select(column => column.Output);

    protected override IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids, bool[] wanted)
    {
        bool draws = _columns.Zip(wanted).Any(column => column.Second && column.First.Draws);
        Scores scores = Model.Score(rows, draws ? Noise(ids.Span) : null);
        return [.. _columns.Zip(wanted, (column, isWanted) => isWanted ? column.Read(scores) : null)];
    }

    private Tensor Noise(ReadOnlySpan<DataViewRowId> ids)
    {
        var numbers = new float[ids.Length * Model.CodeSize];
        for (int row = 0; row < ids.Length; row++)
            RowNoise.Fill(numbers.AsSpan(row * Model.CodeSize, Model.CodeSize), _seed, ids[row]);
        return tensor(numbers, [ids.Length, Model.CodeSize], dtype: ScalarType.Float32, device: CPU).to(Model.Device);
    }
}
