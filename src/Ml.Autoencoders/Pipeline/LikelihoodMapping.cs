using System.Diagnostics;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Rows to their log-likelihood, by importance sampling.</summary>
internal sealed class LikelihoodMapping(AutoencoderModel model, ColumnNames columns, string outputName, int samples, Generator random)
    : VectorMapping(model)
{
    public override string InputName => columns.Input;

    public override string? LabelName => columns.Condition;

    public override int InputSize => Model.InputSize;

    public override ImageFormat? InputImage => Model.Definition.Image;

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [new(outputName, 1, OutputKind.Scalar)];

    protected override bool IsDense(int output) => false;

    protected override void MapNumbers(MappingInput input, int count, float[]?[] outputs) => throw new UnreachableException();

    protected override IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids, bool[] wanted) =>
        [Model.Score(rows).LogLikelihood(samples, random)];
}
