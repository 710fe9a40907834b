using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class ThreadLimitTests
{
    [Test]
    public void A_limit_holds_until_it_is_disposed()
    {
        int before = get_num_threads();

        using (ThreadLimit.Set(before + 1))
            Assert.That(get_num_threads(), Is.EqualTo(before + 1));

        Assert.That(get_num_threads(), Is.EqualTo(before));
    }

    [Test]
    public void Limits_nest()
    {
        int before = get_num_threads();

        using (ThreadLimit.Set(before + 2))
        {
            using (ThreadLimit.Set(1))
                Assert.That(get_num_threads(), Is.EqualTo(1));
            Assert.That(get_num_threads(), Is.EqualTo(before + 2));
        }

        Assert.That(get_num_threads(), Is.EqualTo(before));
    }

    [Test]
    public void None_leaves_the_setting() =>
        Assert.That(ThreadLimit.Set(null), Is.Null);
}
