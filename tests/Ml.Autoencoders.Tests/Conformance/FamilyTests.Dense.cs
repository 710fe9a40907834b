using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Scores in managed memory, and those of torch.</content>
internal sealed partial class FamilyTests
{
    [TestCase(ReconstructionLoss.MeanSquaredError, InputScaling.Standardize, false)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy, InputScaling.MinMax, false)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy, InputScaling.MinMax, true)]
    public void What_is_computed_without_torch_is_what_torch_computes(ReconstructionLoss loss, InputScaling scaling,
        bool isConvolutional)
    {
        using AutoencoderTransformer transformer = FitFull(
            (nameof(AutoencoderOptions.Loss), loss),
            (nameof(AutoencoderOptions.Scaling), scaling),
            (nameof(AutoencoderOptions.Network), isConvolutional
                ? Network.Convolutional(3, 4, 1, [5, 9], Activation.Gelu, batchNorm: true)
                : Network.Dense([8], Activation.Elu, batchNorm: true)));
        AutoencoderModel model = transformer.Model;
        Row[] rows = Rows.Make(70, seed: 9);
        Scored[] found = Score(transformer, _ml.Data.LoadFromEnumerable(rows));

        using var scope = NewDisposeScope();
        TorchPrediction expected =
            model.Score(new RowBatch(tensor(rows.SelectMany(row => row.Features).ToArray(), [rows.Length, Row.Size])));
        Assert.That(model.Obstacle, Is.Null);
        Assert.That(found.SelectMany(row => row.Code), Is.EqualTo(expected.Code.Floats()).Within(1e-5));
        Assert.That(found.SelectMany(row => row.Clean), Is.EqualTo(expected.Reconstruction.Floats()).Within(1e-5));
        Assert.That(found.Select(row => row.Error), Is.EqualTo(expected.Error.Floats()).Within(1e-5));
        Assert.That(transformer.Decode([.. found.Select(row => row.Code)]).SelectMany(row => row),
            Is.EqualTo(model.Decode(expected.Code).Floats()).Within(1e-5));
    }
}
