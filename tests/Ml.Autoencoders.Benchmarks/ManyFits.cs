using Microsoft.ML;
using TorchSharp;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>Fits one behind the other in one process: does anything stay?</summary>
internal static class ManyFits
{
    private const int Fits = 200;
    private const int Settled = 10;
    private const double MaxGrowth = 1.05;

    /// <summary>
    /// Not <c>Tensor.TotalCount</c>, which goes up with each parameter that takes the place of a tensor.
    /// </summary>
    private static long Live => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>
    /// 0 where no fit leaves a tensor and the last leaves no more memory than the tenth and 5 percent.
    /// </summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        IDataView rows = ml.Data.Cache(RandomRows.View(ml, 2000));
        long most = 0, before = Live;
        double settled = 0, middle = 0, last = 0;
        for (int i = 1; i <= Fits; i++)
        {
            ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
            {
                CodeSize = 8,
                Network = i % 2 == 0 ? Network.Dense(64) : Network.Convolutional(28, 28, filters: [4]),
                Training = new() { Epochs = 2, ValidationFraction = 0.1f },
            }).Fit(rows).Dispose();
            most = Math.Max(most, Live - before);
            if (i % Settled == 0)
                last = ProcessMemory.Settled();
            if (i == Settled)
                settled = last;
            if (i == Fits / 2)
                middle = last;
        }
        double growth = last / settled;
        Console.WriteLine(
            $"{Fits} fits: at most {most} tensors left by one; resident memory {settled:N0} MiB behind the tenth, " +
            $"{middle:N0} behind the hundredth, {last:N0} behind the last; last to tenth {growth:N3} (bound " +
            $"{MaxGrowth})");
        return most == 0 && growth <= MaxGrowth ? 0 : 1;
    }
}
