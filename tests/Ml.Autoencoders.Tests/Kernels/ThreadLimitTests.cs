using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Kernels;

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
    public void A_thread_that_is_new_does_not_see_the_limit_of_another()
    {
        int standard = CountOfNewThread();

        using (ThreadLimit.Set(standard + 3))
            Assert.That(CountOfNewThread(), Is.EqualTo(standard));

        Assert.That(CountOfNewThread(), Is.EqualTo(standard));
    }

    [Test]
    public void Limits_that_overlap_on_two_threads_leave_no_trace()
    {
        int standard = CountOfNewThread();
        using var firstIsSet = new ManualResetEventSlim();
        using var secondIsSet = new ManualResetEventSlim();
        using var firstIsOver = new ManualResetEventSlim();
        var counts = new int[4];

        var first = new Thread(() =>
        {
            using (ThreadLimit.Set(5))
            {
                firstIsSet.Set();
                secondIsSet.Wait();
                counts[0] = get_num_threads();
            }
            counts[1] = get_num_threads();
            firstIsOver.Set();
        });
        var second = new Thread(() =>
        {
            firstIsSet.Wait();
            using (ThreadLimit.Set(6))
            {
                secondIsSet.Set();
                firstIsOver.Wait();
                counts[2] = get_num_threads();
            }
            counts[3] = get_num_threads();
        });
        first.Start();
        second.Start();
        first.Join();
        second.Join();

        Assert.That(counts, Is.EqualTo(new[] { 5, standard, 6, standard }));
        Assert.That(CountOfNewThread(), Is.EqualTo(standard));
    }

    [Test]
    public void None_leaves_the_setting() =>
        Assert.That(ThreadLimit.Set(null), Is.Null);

    private static int CountOfNewThread()
    {
        int count = 0;
        var thread = new Thread(() => count = get_num_threads());
        thread.Start();
        thread.Join();
        return count;
    }
}
