using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>A disposed autoencoder generates and judges nothing, whichever family it is of.</summary>
internal sealed class DisposedGenerationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void It_says_so_everywhere([Values] bool hasPrior)
    {
        AutoencoderTransformer model = hasPrior ? SmallVariational.Fit(_ml) : Stage.Fit(_ml);
        IDataView rows = Rows.View(_ml, 3);
        var code = new float[Stage.CodeSize];
        model.Dispose();

        Action[] uses =
        [
            () => model.Sample(1),
            () => model.Sample(0, seed: 1),
            () => model.FitMixture(rows, 1),
            () => model.Interpolate(code, code, 2),
            () => model.LatentGrid(),
            () => model.Traverse(code),
            () => model.Traverse(code, code),
            () => model.MoveCode(code, code),
            () => model.CodeDirection(rows, rows),
            () => model.AsDataView([new float[Row.Size]]),
            () => model.LogLikelihood(rows),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (Action use in uses)
                Assert.That(use, Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
        }
    }
}
