using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Rows to codes, reconstructions and errors: what the transformer does in a pipeline.</summary>
internal sealed class ScoringMapping : VectorMapping
{
    public ScoringMapping(AutoencoderModel model, ColumnNames columns) : base(model)
    {
        InputName = columns.Input;
        Outputs = OutputsOf(columns, model.InputSize, model.CodeSize);
    }

    public override string InputName { get; }

    public override int InputSize => Model.InputSize;

    public override IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>Always code, reconstruction and error in this order; those without a name are left out.</summary>
    public static IReadOnlyList<OutputColumn> OutputsOf(ColumnNames columns, int inputSize, int codeSize)
    {
        var outputs = new List<OutputColumn> { new(columns.Code, codeSize, OutputKind.NumberedVector) };
        if (columns.Reconstruction is { } reconstruction)
            outputs.Add(new(reconstruction, inputSize, OutputKind.LikeInput));
        if (columns.Error is { } error)
            outputs.Add(new(error, 1, OutputKind.Scalar));
        return outputs;
    }

    protected override IReadOnlyList<Tensor?> Compute(Tensor rows, bool[] wanted)
    {
        bool Wants(OutputKind kind) => Outputs.Zip(wanted).Any(output => output.First.Kind == kind && output.Second);
        Scores scores = Model.Score(rows, Wants(OutputKind.LikeInput), Wants(OutputKind.Scalar));
        return [.. Outputs.Select(output => output.Kind switch
        {
            OutputKind.LikeInput => scores.Reconstruction,
            OutputKind.Scalar => scores.Error,
            _ => scores.Code,
        })];
    }
}
