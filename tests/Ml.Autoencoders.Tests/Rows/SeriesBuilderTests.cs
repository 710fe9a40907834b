using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Windows come out as they went in, and what they share is kept once.</summary>
internal sealed class SeriesBuilderTests : TensorTests
{
    private const int Steps = 4;
    private const int Channels = 2;

    [Test]
    public void Each_window_of_one_series_adds_one_step()
    {
        float[][] windows = [.. Enumerable.Range(0, 20).Select(end => Window(end))];
        SeriesTable table = Build(windows, [.. windows.Select(_ => 0)]);
        Assert.That(table.Series.shape, Is.EqualTo(new long[] { 20 + Steps - 1, Channels }));
        RequireSame(table, windows);
    }

    [Test]
    public void Groups_that_alternate_are_kept_apart()
    {
        var random = new Random(3);
        int[] next = new int[3];
        int[] groups = [.. Enumerable.Range(0, 60).Select(_ => random.Next(3))];
        float[][] windows = [.. groups.Select(group => Window(1000 * group + next[group]++))];
        SeriesTable table = Build(windows, groups);
        Assert.That(table.Series.shape[0], Is.EqualTo(60 + 3 * (Steps - 1)));
        RequireSame(table, windows);
    }

    [Test]
    public void Windows_that_do_not_follow_each_other_are_kept_whole()
    {
        float[][] windows = [Window(0), Window(1), Window(5), Window(6), Window(6), Window(2)];
        SeriesTable table = Build(windows, new int[6]);
        Assert.That(table.Series.shape[0], Is.EqualTo((Steps + 1) + (Steps + 1) + Steps + Steps));
        RequireSame(table, windows);
    }

    [Test]
    public void Missing_numbers_are_like_others()
    {
        float[][] windows = [.. Enumerable.Range(0, 9).Select(end => Window(end,
            row => row == 4 ? float.NaN : row))];
        SeriesTable table = Build(windows, new int[9]);
        Assert.That(table.Series.shape[0], Is.EqualTo(9 + Steps - 1));
        RequireSame(table, windows);
    }

    [Test]
    public void Windows_of_one_step_are_rows()
    {
        using var builder = new SeriesBuilder(1, 3);
        builder.Add([1, 2, 3], 1);
        builder.Add([4, 5, 6], 0);
        builder.Add([7, 8, 9], 1);
        SeriesTable table = builder.ToTable(null);
        Assert.That(table.Narrow(0, 3).Values.Numbers.ToArray(),
            Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
        Assert.That(table.Series.shape[0], Is.EqualTo(3));
    }

    [Test]
    public void Any_of_the_windows_can_be_taken_with_their_labels()
    {
        float[][] windows = [.. Enumerable.Range(0, 6).Select(end => Window(end))];
        using var builder = new SeriesBuilder(Steps, Channels);
        foreach (float[] window in windows)
            builder.Add(window, 0);
        SeriesTable table = builder.ToTable(tensor([0L, 10L, 20L, 30L, 40L, 50L]));
        RowBatch taken = table.Select(tensor([4L, 1L]));
        Assert.That(taken.Values.Numbers.ToArray(), Is.EqualTo(windows[4].Concat(windows[1])));
        Assert.That(taken.Labels!.data<long>().ToArray(), Is.EqualTo(new[] { 40L, 10L }));
        SeriesTable some = table.Only(tensor([5L, 0L]));
        Assert.That(some.Narrow(0, 2).Values.Numbers.ToArray(), Is.EqualTo(windows[5].Concat(windows[0])));
        Assert.That(some.Labels!.data<long>().ToArray(), Is.EqualTo(new[] { 50L, 0L }));
    }

    private static SeriesTable Build(float[][] windows, int[] groups)
    {
        using var builder = new SeriesBuilder(Steps, Channels);
        for (int i = 0; i < windows.Length; i++)
            builder.Add(windows[i], groups[i]);
        return builder.ToTable(null);
    }

    private static void RequireSame(SeriesTable table, float[][] windows)
    {
        Assert.That(table.Count, Is.EqualTo(windows.Length));
        Assert.That(table.Narrow(0, table.Count).Values.Numbers.ToArray(), Is.EqualTo(windows.SelectMany(x => x)));
    }

    private static float[] Window(int end, Func<int, float>? value = null) =>
        [.. Enumerable.Range(end, Steps).SelectMany(row => new[] { value?.Invoke(row) ?? row, 0.5f * row })];
}
