using Microsoft.ML.Data;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Scoring;

/// <summary>Codes to rows.</summary>
/// <param name="model">The model.</param>
/// <param name="inputName">The column of codes.</param>
/// <param name="labelName">The key column that conditions it; null where there is none.</param>
/// <param name="outputName">The column of rows.</param>
/// <param name="noise">Of rows of keys that are drawn; null where the likeliest are taken.</param>
internal sealed class DecodingMapping(AutoencoderModel model, string inputName, string? labelName, string outputName,
    KeyNoise? noise = null)
    : VectorMapping(model)
{
    public override string InputName => inputName;

    public override string? LabelName => labelName;

    public override int InputSize => Model.CodeSize;

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [OutputOf(model.Definition, outputName)];

    public override string? OnnxObstacle => OnnxLimits.TooLarge(Model.Definition, OnnxPart.Decoder);

    public override IReadOnlyList<OnnxValue> Export(OnnxInputs inputs) =>
        [OnnxPrediction.OfCodes(Model.Definition, inputs)];

    /// <summary>The column of what codes stand for.</summary>
    public static OutputColumn OutputOf(ModelDefinition definition, string name) =>
        definition.Network.Tokens is { } tokens
        ? new(name, tokens.Steps, OutputKind.KeyVector)
        {
            KeyCount = tokens.Classes,
            KeyNames = definition.KeyNames,
        }
        : new(name, definition.Network.OutputSize, OutputKind.PlainVector);

    public override bool Draws => noise is not null;

    /// <summary>What is drawn is fed back with torch alone.</summary>
    protected override bool IsManaged(int output) =>
        noise is null || !Model.Definition.Network.Decoder.Layers.Any(layer => layer.FeedsBack);

    protected override void MapNumbers(MappingInput input, int count, float[]?[] outputs) =>
        Model.Managed.Decode(input.Rows, count, input.LabelsOf(count), outputs[0], NoiseOf(input.Ids));

    protected override IReadOnlyList<Tensor?> Compute(RowBatch rows, ReadOnlyMemory<DataViewRowId> ids, bool[] wanted)
    {
        if (noise is null)
            return [Model.Decode(rows.Values, rows.Labels)];
        int size = Model.Definition.Network.DecoderOutputs;
        var numbers = new float[checked(ids.Length * size)];
        for (int row = 0; row < ids.Length; row++)
            noise.Fill(numbers.AsSpan(row * size, size), ids.Span[row]);
        return [Model.Decode(rows.Values, rows.Labels,
            tensor(numbers, [ids.Length, size], device: CPU).to(Model.Device))];
    }

    private FillNoise? NoiseOf(DataViewRowId[] ids) =>
        noise is null ? null : (row, numbers) => noise.Fill(numbers, ids[row]);
}
