using Microsoft.ML;
using TorchSharp;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Whatever torch is told around a stage, the stage does the same.</summary>
internal sealed class AmbientTorchTests
{
    private readonly MLContext _ml = new();

    public enum Surroundings
    {
        DisposeScope,
        NoGrad,
        EnableGrad,
        InferenceMode,
    }

    [Test]
    public void A_fit_is_the_same_within([Values] Surroundings surroundings)
    {
        using AutoencoderTransformer plain = Stage.Fit(_ml);
        AutoencoderTransformer inside;
        using (Enter(surroundings))
            inside = Stage.Fit(_ml);
        int[][] expected = Bits.OfVectors(plain.Transform(Rows.View(_ml, 30)), "Clean");
        Assert.That(Bits.OfVectors(inside.Transform(Rows.View(_ml, 30)), "Clean"), Is.EqualTo(expected));
        inside.Dispose();
    }

    [Test]
    public void Scores_are_the_same_within([Values] Surroundings surroundings)
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView scored = model.Transform(Rows.View(_ml, 30));
        int[][] expected = Bits.OfVectors(scored, "Clean");
        using (Enter(surroundings))
        {
            long before = LiveTensors.Now;
            Assert.That(Bits.OfVectors(scored, "Clean"), Is.EqualTo(expected));
            Assert.That(LiveTensors.Now, Is.EqualTo(before));
        }
        Assert.That(Bits.OfVectors(scored, "Clean"), Is.EqualTo(expected));
    }

    [Test]
    public void A_model_is_saved_and_loaded_the_same_within([Values] Surroundings surroundings)
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView rows = Rows.View(_ml, 30);
        using var stream = new MemoryStream();
        ITransformer loaded;
        using (Enter(surroundings))
        {
            _ml.Model.Save(model, rows.Schema, stream);
            stream.Position = 0;
            loaded = _ml.Model.Load(stream, out _);
        }
        Assert.That(Bits.OfVectors(loaded.Transform(rows), "Clean"),
            Is.EqualTo(Bits.OfVectors(model.Transform(rows), "Clean")));
        ((IDisposable)loaded).Dispose();
    }

    private static IDisposable Enter(Surroundings surroundings) => surroundings switch
    {
        Surroundings.DisposeScope => torch.NewDisposeScope(),
        Surroundings.NoGrad => torch.no_grad(),
        Surroundings.EnableGrad => torch.enable_grad(),
        _ => torch.inference_mode(),
    };
}
