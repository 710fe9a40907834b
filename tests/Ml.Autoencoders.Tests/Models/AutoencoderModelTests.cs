using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Models;

internal sealed class AutoencoderModelTests : TensorTests
{
    [Test]
    public void Scores_are_in_the_units_of_the_column_and_errors_in_those_of_the_network()
    {
        // One number in, one out, y = z = x in the network's units, which are (x - 10) / 4; then the decoder adds 1.
        using AutoencoderModel model = Identity(new InputScaler(tensor(new[] { 10f }), tensor(new[] { 4f })),
            decoderBias: 1);

        TorchPrediction scores = model.Score(new RowBatch(Table([18], [10])));

        Assert.Multiple(() =>
        {
            Assert.That(scores.Code.Floats(), Is.EqualTo(new[] { 2f, 0 }));
            Assert.That(scores.Reconstruction.Floats(), Is.EqualTo(new[] { 22f, 14 }));
            Assert.That(scores.Error.Floats(), Is.EqualTo(new[] { 1f, 1 }));
            Assert.That(model.Decode(Table([2])).Floats(), Is.EqualTo(new[] { 22f }));
        });
    }

    [Test]
    public void Only_what_is_asked_for_is_computed()
    {
        using AutoencoderModel model = Identity(null, decoderBias: 1);
        long before = LiveTensors.Now;

        TorchPrediction scores = model.Score(new RowBatch(Table([3])));
        Assert.That(LiveTensors.Now - before, Is.EqualTo(1), "the row alone");
        Assert.That(scores.Code.Floats(), Is.EqualTo(new[] { 3f }));
        model.Weights["decoder.0.weight"].Dispose();

        Assert.That(scores.Code.Floats(), Is.EqualTo(new[] { 3f }));
        Assert.That(() => scores.Reconstruction, Throws.InstanceOf<InvalidOperationException>());
    }

    [Test]
    public void A_disposed_model_says_so()
    {
        AutoencoderModel model = Identity(null, decoderBias: 0);
        Assert.That(model.RequireAlive, Throws.Nothing);

        model.Dispose();

        Assert.That(model.RequireAlive,
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
    }

    [Test]
    public void Numbers_in_use_outlive_the_disposal_until_the_last_user_is_done()
    {
        AutoencoderModel model = Identity(new InputScaler(tensor(new[] { 0f }), tensor(new[] { 1f })), decoderBias: 1);
        Tensor[] held = [.. model.Weights.Named.Select(named => named.Tensor), model.Scaler!.Offset,
            model.Scaler.Scale];

        using (model.Use())
        {
            using (model.Use())
                model.Dispose();
            Assert.That(() => model.Use(),
                Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
            Assert.That(held.Select(tensor => tensor.IsInvalid), Has.All.False);
            Assert.That(model.Score(new RowBatch(Table([3]))).Reconstruction.Floats(), Is.EqualTo(new[] { 4f }));
        }

        Assert.That(held.Select(tensor => tensor.IsInvalid), Is.EqualTo(Enumerable.Repeat(true, 6)));
    }

    private static AutoencoderModel Identity(InputScaler? scaler, float decoderBias)
    {
        NetworkPlan plan = Network.Dense().Plan(1, 1, 1, endInSigmoid: false);
        BoundNetwork weights = BoundNetwork.Create(plan, CPU, (spec, tensor) => tensor.fill_(spec.Name switch
        {
            "encoder.0.bias" => 0,
            "decoder.0.bias" => decoderBias,
            _ => 1,
        }));
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()), Corruption.None,
            scaler is null ? InputScaling.None : InputScaling.Standardize);
        return new AutoencoderModel(definition, weights, scaler, CPU);
    }
}
