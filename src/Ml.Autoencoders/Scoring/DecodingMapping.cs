using Microsoft.ML.Data;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Scoring;

/// <summary>Codes to rows.</summary>
internal sealed class DecodingMapping(AutoencoderModel model, string inputName, string? labelName, string outputName)
    : VectorMapping(model)
{
    public override string InputName => inputName;

    public override string? LabelName => labelName;

    public override int InputSize => Model.CodeSize;

    public override IReadOnlyList<OutputColumn> Outputs { get; } =
        [new(outputName, model.OutputSize, OutputKind.PlainVector)];

    public override string? OnnxObstacle => OnnxLimits.TooLarge(Model.Definition, OnnxPart.Decoder);

    public override IReadOnlyList<OnnxValue> Export(OnnxInputs inputs) =>
        [OnnxPrediction.OfCodes(Model.Definition, inputs)];

    protected override bool IsManaged(int output) => true;

    protected override void MapNumbers(MappingInput input, int count, float[]?[] outputs) =>
        Model.Managed.Decode(input.Rows, count, input.LabelsOf(count), outputs[0]);

    protected override IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids,
        bool[] wanted) =>
        [Model.Decode(rows.Values, rows.Labels)];
}
