using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>A codebook that keeps nothing from batch to batch, with vectors that a batch leaves unused.</summary>
internal sealed class VectorQuantizedDecayTests
{
    [Test]
    public void A_decay_of_0_leaves_numbers()
    {
        var ml = new MLContext(1);
        IDataView rows = Rows.View(ml, 40);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.VectorQuantized("Code", "Features", new()
        {
            CodeSize = 4,
            VectorSize = 2,
            CodebookSize = 64,
            Decay = 0,
            Network = Small.Network,
            Training = Small.Training(),
        }).Fit(rows);

        Assert.That(model.Transform(rows).GetColumn<float[]>("Code").SelectMany(code => code),
            Has.All.Matches<float>(float.IsFinite));
    }
}
