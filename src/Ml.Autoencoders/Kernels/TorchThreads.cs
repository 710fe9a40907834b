using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>Splits managed work among torch's own threads.</summary>
/// <remarks>
/// After each of its operations torch's threads wait for the next one without giving up their cores. Threads of .NET
/// would have to share these with them and gain nothing, so torch's are used: <c>GOMP_parallel</c> of the OpenMP
/// library that torch brings on Linux runs a function on all of them, within some microseconds. Elsewhere the calling
/// thread does all the work.
/// </remarks>
internal static class TorchThreads
{
    private static readonly ParallelRegion? RunRegion = Find();

    /// <summary>What native code may call has to stay where it is.</summary>
    private static readonly RegionBody Body = WorkOn;

    private delegate void RegionBody(nint job);

    private delegate void ParallelRegion(RegionBody body, nint job, uint threads, uint flags);

    /// <summary>Whether the calling thread is not left alone with work that torch would have split.</summary>
    public static bool AreShared => RunRegion is not null || get_num_threads() == 1;

    /// <summary>
    /// Does each part once, on whichever thread is free. What a part computes must not depend on which one that is, so
    /// that bits do not depend on it either; tensors may be read and written there, but not made.
    /// </summary>
    public static void Share(int parts, Action<int> work)
    {
        // Not fewer for fewer parts: a smaller team ends the threads that are left over, and torch's next operation
        // makes them anew. Those return at once.
        int threads = get_num_threads();
        if (RunRegion is null || parts < 2 || threads < 2)
        {
            for (int part = 0; part < parts; part++)
                work(part);
            return;
        }
        var job = new Job(parts, work);
        GCHandle handle = GCHandle.Alloc(job);
        try
        {
            RunRegion(Body, GCHandle.ToIntPtr(handle), (uint)threads, 0);
        }
        finally
        {
            handle.Free();
        }
        job.Failure?.Throw();
    }

    private static void WorkOn(nint job) => ((Job)GCHandle.FromIntPtr(job).Target!).Work();

    private static ParallelRegion? Find()
    {
        // A library is found by its name alone only once it is loaded.
        TorchLibrary.Load();
        return OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libtorch_cpu.so", out nint torch)
            && NativeLibrary.TryGetExport(torch, "GOMP_parallel", out nint function)
            ? Marshal.GetDelegateForFunctionPointer<ParallelRegion>(function)
            : null;
    }

    private sealed class Job(int parts, Action<int> work)
    {
        private int _next = -1;
        private ExceptionDispatchInfo? _failure;

        public ExceptionDispatchInfo? Failure => _failure;

        /// <summary>Takes parts as long as there are any. An exception must not pass through native code.</summary>
        public void Work()
        {
            try
            {
                for (int part = Interlocked.Increment(ref _next); part < parts && _failure is null;
                    part = Interlocked.Increment(ref _next))
                    work(part);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }
    }
}
