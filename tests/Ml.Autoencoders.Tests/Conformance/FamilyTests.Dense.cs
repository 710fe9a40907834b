using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Scores in managed memory, and those of torch.</content>
internal sealed partial class FamilyTests
{
    [TestCase(ReconstructionLoss.MeanSquaredError, InputScaling.Standardize)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy, InputScaling.MinMax)]
    public void What_is_computed_without_torch_is_what_torch_computes(ReconstructionLoss loss, InputScaling scaling)
    {
        using AutoencoderTransformer transformer = FitFull(
            (nameof(AutoencoderOptions.Loss), loss),
            (nameof(AutoencoderOptions.Scaling), scaling),
            (nameof(AutoencoderOptions.Network), Network.Dense([8], Activation.Elu, batchNorm: true)));
        AutoencoderModel model = transformer.Model;
        Row[] rows = Rows.Make(70, seed: 9);
        Scored[] found = Score(transformer, _ml.Data.LoadFromEnumerable(rows));

        using var scope = NewDisposeScope();
        Prediction expected =
            model.Score(new RowBatch(tensor(rows.SelectMany(row => row.Features).ToArray(), [rows.Length, Row.Size])));
        Assert.That(model.IsManaged, Is.EqualTo(family.ToString() != nameof(AutoencoderCatalog.VectorQuantized)));
        Assert.That(found.SelectMany(row => row.Code), Is.EqualTo(expected.Code.Floats()).Within(1e-5));
        Assert.That(found.SelectMany(row => row.Clean), Is.EqualTo(expected.Reconstruction.Floats()).Within(1e-5));
        Assert.That(found.Select(row => row.Error), Is.EqualTo(expected.Error.Floats()).Within(1e-5));
        Assert.That(transformer.Decode([.. found.Select(row => row.Code)]).SelectMany(row => row),
            Is.EqualTo(model.Decode(expected.Code).Floats()).Within(1e-5));
    }
}
