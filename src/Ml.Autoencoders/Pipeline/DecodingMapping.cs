using Ml.Autoencoders.Models;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Codes to rows.</summary>
internal sealed class DecodingMapping(AutoencoderModel model, string inputName, string outputName) : VectorMapping(model)
{
    public override string InputName => inputName;

    public override int InputSize => Model.CodeSize;

    public override IReadOnlyList<OutputColumn> Outputs { get; } =
        [new(outputName, model.InputSize, OutputKind.PlainVector)];

    protected override IReadOnlyList<Tensor?> Compute(Tensor rows, bool[] wanted) => [Model.Decode(rows)];
}
