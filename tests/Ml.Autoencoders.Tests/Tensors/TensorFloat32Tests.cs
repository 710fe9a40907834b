using Microsoft.ML;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

/// <summary>A setting of the process.</summary>
[NonParallelizable]
internal sealed class TensorFloat32Tests
{
    [Test]
    public void It_is_allowed_as_long_as_the_fit_runs()
    {
        (bool, bool) before = Allowed;
        backends.cudnn.allow_tf32 = false;
        try
        {
            Assert.That(During(isAllowed: true), Is.EqualTo((true, true)));
            Assert.That(Allowed, Is.EqualTo((before.Item1, false)));
            Assert.That(During(isAllowed: false), Is.EqualTo((before.Item1, false)));
        }
        finally
        {
            backends.cudnn.allow_tf32 = before.Item2;
        }
    }

    [Test]
    public void Fits_that_overlap_share_it()
    {
        (bool, bool) before = Allowed;
        TensorFloat32 first = TensorFloat32.Allow(true)!;
        TensorFloat32 second = TensorFloat32.Allow(true)!;
        first.Dispose();
        Assert.That(Allowed, Is.EqualTo((true, true)));
        second.Dispose();
        Assert.That(Allowed, Is.EqualTo(before));
    }

    private static (bool Products, bool Convolutions) Allowed =>
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);

    private static (bool, bool) During(bool isAllowed)
    {
        var ml = new MLContext(1);
        (bool, bool) found = default;
        Stage.Make(ml, new() { Epochs = 1, AllowTensorFloat32 = isAllowed, OnEpoch = _ => found = Allowed })
            .Fit(Rows.View(ml, 20)).Dispose();
        return found;
    }
}
