using System.Collections.Concurrent;
using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Kernels;

internal sealed class TorchThreadsTests
{
    [Test]
    public void Each_part_is_done_once([Values(0, 1, 2, 7, 1000)] int parts, [Values(1, 2, 4)] int threads)
    {
        int[] done = new int[parts];
        using ThreadLimit? limit = ThreadLimit.Set(threads);

        TorchThreads.Share(parts, part => Interlocked.Increment(ref done[part]));

        Assert.That(done, Has.All.EqualTo(1));
    }

    [Test]
    public void One_thread_is_the_calling_one()
    {
        var threads = new ConcurrentBag<int>();
        using ThreadLimit? limit = ThreadLimit.Set(1);

        TorchThreads.Share(100, _ => threads.Add(Environment.CurrentManagedThreadId));

        Assert.That(threads, Has.All.EqualTo(Environment.CurrentManagedThreadId));
    }

    [Test]
    [Platform("Linux")]
    public void Where_torch_has_OpenMP_of_GNU_two_threads_share()
    {
        // Each waits for the other, so that none can do both parts.
        using var both = new Barrier(2);
        using ThreadLimit? limit = ThreadLimit.Set(2);
        bool met = true;

        TorchThreads.Share(2, _ => met &= both.SignalAndWait(TimeSpan.FromSeconds(30)));

        Assert.That(met);
    }

    [Test]
    [Platform("Linux")]
    public void Fewer_parts_than_threads_cost_torch_none_of_its_threads()
    {
        const int Rounds = 20;
        var seen = new HashSet<string>();
        using ThreadLimit? limit = ThreadLimit.Set(6);
        using Tensor many = zeros(1 << 20);

        // Those that are there already, or come with the first use.
        Alternate();
        int before = seen.Count;
        for (int round = 0; round < Rounds; round++)
            Alternate();

        // The runtime may start one of its own meanwhile; four in each round were torch's.
        Assert.That(seen, Has.Count.LessThan(before + Rounds));

        void Alternate()
        {
            many.sin_();
            TorchThreads.Share(2, _ => { });
            many.sin_();
            seen.UnionWith(Directory.GetDirectories("/proc/self/task"));
        }
    }

    [Test]
    public void What_a_part_throws_reaches_the_caller_and_the_next_call_works([Values(1, 2)] int threads)
    {
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        Assert.That(() => TorchThreads.Share(50,
            part => throw new InvalidOperationException(part >= 0 ? "A part failed." : "")),
            Throws.InvalidOperationException.With.Message.EqualTo("A part failed."));

        int done = 0;
        TorchThreads.Share(50, _ => Interlocked.Increment(ref done));

        Assert.That(done, Is.EqualTo(50));
    }

    [Test]
    public void Several_callers_share_at_once()
    {
        int done = 0;

        Parallel.For(0, 8, _ => TorchThreads.Share(200, _ =>
        {
            // Garbage, so that collections stop the threads meanwhile.
            GC.KeepAlive(new byte[10_000]);
            Interlocked.Increment(ref done);
        }));

        Assert.That(done, Is.EqualTo(8 * 200));
    }
}
