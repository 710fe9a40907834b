using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>
/// Everything is computed where the weights are. Torch's "meta" device, which computes shapes only, stands in for a GPU:
/// an operation that meets a tensor of another device fails on it as it would there. It knows no convolution and no batch
/// normalisation; those layers make no tensors of their own.
/// </summary>
internal sealed class DeviceTests : TensorTests
{
    private const int Pixels = 3 * 9 * 7;

    private static readonly Device Elsewhere = new(DeviceType.META);

    [TestCaseSource(nameof(Networks))]
    public void A_model_scores_and_measures_on_its_own_device(Network network, ReconstructionLoss loss)
    {
        var objective = new ReconstructionObjective(loss, SparsityWeight: 0.1f);
        NetworkPlan plan = network.Plan(Pixels, 4, 4, objective.NeedsUnitInterval);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(Rectified: true), objective,
            Corruption.None, InputScaling.Standardize);
        using var model = new AutoencoderModel(definition, NetworkWeights.Create(plan, Elsewhere, (_, _) => { }),
            new InputScaler(zeros(Pixels, device: Elsewhere), ones(Pixels, device: Elsewhere)), Elsewhere);
        Tensor rows = zeros(5, Pixels, device: Elsewhere);

        Scores scores = model.Score(rows, reconstruct: true, measure: true);
        TrainingPass pass = model.Pass(rows, rows, ForwardMode.Prediction);
        IReadOnlyList<LossTerm> terms = objective.Steps()[0].Loss(pass);

        Tensor[] results = [scores.Code, scores.Reconstruction!, scores.Error!, model.Decode(scores.Code), .. terms.Select(term => term.Value)];
        Assert.That(results.Select(result => result.device_type), Is.All.EqualTo(DeviceType.META));
    }

    private static IEnumerable<TestCaseData> Networks()
    {
        Network composed = Network.Compose(layers => layers.Reshape(3, 9, 7).LayerNorm().Flatten().Linear(20).Gelu().Dropout().Linear(9).Tanh());
        foreach (ReconstructionLoss loss in Enum.GetValues<ReconstructionLoss>())
        {
            foreach (Activation activation in Enum.GetValues<Activation>())
                yield return new TestCaseData(Network.Dense([8], activation), loss).SetArgDisplayNames($"{activation}", $"{loss}");
            yield return new TestCaseData(composed, loss).SetArgDisplayNames("composed", $"{loss}");
        }
    }
}
