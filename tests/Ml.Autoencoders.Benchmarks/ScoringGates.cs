namespace Ml.Autoencoders.Benchmarks;

/// <summary>What scoring has to reach, as ratios within one run.</summary>
/// <param name="OfBatches">The least rate of Transform, to that of TorchSharp's best batches.</param>
/// <param name="OfSingleRows">The same to that of TorchSharp one row at a time; null where batches
/// themselves gain less.</param>
/// <param name="Latency">The most of a PredictionEngine's median latency, to that of a forward pass of one row.</param>
internal sealed record ScoringGates(double OfBatches, double? OfSingleRows, double Latency)
{
    /// <param name="rates">TorchSharp one row at a time, PredictionEngine, Transform, and
    /// TorchSharp in batches.</param>
    /// <param name="latency">A PredictionEngine's median latency, to that of a forward pass of one row.</param>
    public bool Check(double[] rates, double latency)
    {
        (double single, double transform, double batches) = (rates[0], rates[2], rates[3..].Max());
        bool holds = Require("Transform to the best batches", transform / batches, transform / batches >= OfBatches,
            $"at least {OfBatches}");
        if (OfSingleRows is { } least)
            holds &= Require("Transform to one row at a time", transform / single, transform / single >= least,
                $"at least {least}");
        return holds & Require("PredictionEngine's latency to a forward pass", latency, latency <= Latency,
            $"at most {Latency}");
    }

    private static bool Require(string what, double ratio, bool holds, string bound)
    {
        Console.WriteLine($"{what,-56} {ratio,12:N2}   {bound}: {(holds ? "holds" : "MISSED")}");
        return holds;
    }
}
