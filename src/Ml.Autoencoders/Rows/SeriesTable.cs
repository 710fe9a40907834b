using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// Windows of series that are kept once: a window that follows another has all its numbers but those of its last step.
/// </summary>
/// <param name="Series">The steps of all series, one series after the other: <c>[R, C]</c>.</param>
/// <param name="Starts">Where each window starts in them: <c>[N]</c> of Int64.</param>
/// <param name="Labels">The label of each window: <c>[N]</c> of Int64; null where there is no condition.</param>
/// <param name="Steps">Steps of a window, T.</param>
internal sealed record SeriesTable(Tensor Series, Tensor Starts, Tensor? Labels, int Steps)
{
    public long Count => Starts.shape[0];

    /// <summary>Numbers of a window.</summary>
    public int Width => Steps * (int)Series.shape[1];

    /// <summary>The windows that <paramref name="indices"/> name, in their order, copied.</summary>
    public RowBatch Select(Tensor indices) =>
        Gather(Starts.index_select(0, indices), Labels?.index_select(0, indices));

    /// <summary>Consecutive windows, copied.</summary>
    public RowBatch Narrow(long start, long count) =>
        Gather(Starts.narrow(0, start, count), Labels?.narrow(0, start, count));

    /// <summary>Some of the windows of the same series.</summary>
    public SeriesTable Only(Tensor indices) =>
        this with { Starts = Starts.index_select(0, indices), Labels = Labels?.index_select(0, indices) };

    private RowBatch Gather(Tensor starts, Tensor? labels)
    {
        long channels = Series.shape[1];
        // Every window of the series, which overlap in its memory; their steps are counted by the series.
        Tensor windows = Series.as_strided([Series.shape[0] - Steps + 1, Width], [channels, 1]);
        return new RowBatch(windows.index_select(0, starts), labels);
    }
}
