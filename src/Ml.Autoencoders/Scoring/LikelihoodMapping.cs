using System.Diagnostics;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Scoring;

/// <summary>Rows to their log-likelihood, by importance sampling.</summary>
/// <param name="model">The model.</param>
/// <param name="columns">What it reads.</param>
/// <param name="outputName">The column that is added.</param>
/// <param name="samples">Draws for each row.</param>
/// <param name="seed">The seed that they are drawn from.</param>
/// <param name="fitSeed">The seed that rows are binarized with, where they are: other draws do not change the
/// rows.</param>
internal sealed class LikelihoodMapping(
    AutoencoderModel model, ColumnNames columns, string outputName, int samples, int seed, int fitSeed)
    : VectorMapping(model)
{
    public override string InputName => columns.Input;

    public override string? LabelName => columns.Condition;

    public override int InputSize => Model.InputSize;

    public override TokenFormat? InputTokens => Model.Definition.Network.Tokens;

    public override ImageFormat? InputImage => Model.Definition.Image;

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [new(outputName, 1, OutputKind.Scalar)];

    public override bool Draws => true;

    public override string? OnnxObstacle => OnnxLimits.Drawn(outputName);

    public override IReadOnlyList<OnnxValue> Export(OnnxInputs inputs) => throw new UnreachableException();

    protected override bool IsManaged(int output) => ManagedModel.DrawsCodes(Model.Definition);

    protected override void Prepare(MappingInput input, int count)
    {
        if (!Model.Definition.Binarizes)
            return;
        for (int row = 0; row < count; row++)
            RowBinarization.Draw(input.Row(row), fitSeed, input.Ids[row]);
    }

    protected override void MapNumbers(MappingInput input, int count, float[]?[] outputs) =>
        Model.Managed.Score(input.Rows, count, input.LabelsOf(count),
            [new ManagedTarget(ManagedOutput.LogLikelihood, outputs[0]!)],
            new ManagedNoise(new RowNoise(seed, input.Ids), samples));

    protected override IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids,
        bool[] wanted) =>
        [Model.Score(rows, new RowNoise(seed, ids)).LogLikelihood(samples, BatchRows)];
}
