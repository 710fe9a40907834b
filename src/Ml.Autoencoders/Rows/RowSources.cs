using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Opens the rows of a fit: in memory where there is room for them, else to be read in every pass.</summary>
/// <param name="host">For errors, and checked between rows for whether to continue.</param>
/// <param name="recipe">How the rows are read.</param>
/// <param name="images">The formats of their pictures.</param>
/// <param name="owned">What is to be disposed with the rows.</param>
internal sealed class RowSources(IHost host, Recipe recipe, RowUnits images, Owned owned)
{
    private long MaxBytes => recipe.Training.RowMemoryMegabytes * (1L << 20);

    private float Fraction => recipe.Training.ValidationFraction;

    private CancellationToken Cancellation => recipe.Training.Cancellation;

    /// <summary>All rows.</summary>
    public RowSource Open(IDataView data, RowColumns columns) =>
        Keep(data, columns)?.All() ?? OpenStream(data, columns, part: null);

    /// <summary>The rows to train on, those that are held out, and what the log says about it.</summary>
    public (RowSource Training, RowSource Held, string? How) OpenSplit(IDataView data, RowColumns columns,
        RandomStreams random)
    {
        using Generator generator = random.Create(RandomUse.ValidationSplit);
        KeptRows? kept = Keep(data, columns);
        if (!columns.IsSeries)
        {
            (RowSource training, RowSource held) = kept is null
                ? SplitStream(data, columns, generator) : SplitAtRandom(kept, generator);
            return (training, held, null);
        }
        IReadOnlyList<long> sizes = kept is { Groups.Count: 0 } ? [kept.Count]
            : RowColumns.SizesOf(kept?.Groups ?? GroupsOf(data, columns));
        if (kept is null)
            RequireAll(columns, sizes.Sum());
        RowDivision division = RowDivision.Of(host, data, columns, sizes, Fraction, Draws.Seed(generator));
        (RowSource some, RowSource others) = kept is null
            ? OpenBoth(data, columns, division.Training, division.Held) : Split(kept, division);
        return (some, others, division.How);
    }

    /// <summary>Checks that a batch of rows that are read in every pass is not too large.</summary>
    public void RequireRoomForBatches(Recipe used, RowColumns columns)
    {
        int batchSize = used.Training.ChosenBatchSize;
        int width = Math.Max(columns.Layout.Width, columns.Layout.TargetWidth ?? 0);
        if ((batchSize + 1L) * width * sizeof(float) <= int.MaxValue)
            return;
        throw host.Except(string.Create(CultureInfo.InvariantCulture,
            $"TrainingOptions.BatchSize is {batchSize}: with rows of {width:N0} numbers a batch may take more than " +
            $"2 GiB. Rows that take more than TrainingOptions.RowMemoryMegabytes need smaller batches."));
    }

    /// <summary>
    /// Rows are not kept because they take more memory than there is. Where they do not, they could be read only once,
    /// and were read in the attempt to keep them.
    /// </summary>
    public void RequireAll(RowSource source, RowColumns columns, long count)
    {
        if (source is RowStreamSource)
            RequireAll(columns, count);
    }

    /// <summary>Of the rows that set a threshold it has to be known which windows hold them.</summary>
    public void RequireSeries(RowSource source, IDataView data, RowColumns columns, WindowSize size)
    {
        string? obstacle =
            columns.Window is not { } window || new WindowSize(window.Steps, window.Channels) != size
                ? $"it has to be known which windows hold a row. The {columns.Use} data does not say so: let " +
                    "ml.Transforms.SlidingWindow write the column, as it does for the training data."
            : source is not SeriesSource
                ? $"the {columns.Use} rows take more memory than TrainingOptions.RowMemoryMegabytes, so that it is " +
                    "not known which windows hold a row. Set that option higher, or use WindowScore.Window."
            : ShuffledRows.Are(data)
                ? $"the {columns.Use} rows are shuffled (ShuffleRows), so that windows do not follow each other. " +
                    "Leave that out: the fit shuffles its rows by itself."
            : null;
        if (obstacle is not null)
            throw host.Except(
                $"Column '{columns.Input.Name}': WindowScore is {recipe.WindowScore}, and {obstacle}");
    }

    public void RequireBothSides(long training, long held)
    {
        if (training > 0 && held > 0)
            return;
        throw host.Except(string.Create(CultureInfo.InvariantCulture,
            $"TrainingOptions.ValidationFraction is {Fraction}, which leaves {training} of " +
            $"{training + held} rows to train on and {held} to measure on; each needs at least one."));
    }

    private void RequireAll(RowColumns columns, long count)
    {
        long most = MaxBytes / columns.Layout.Bytes;
        if (count <= most)
            throw TrainingRows.ReadOnlyOnce(host, columns, most, count);
    }

    private KeptRows? Keep(IDataView data, RowColumns columns) =>
        TrainingRows.Read(host, data, columns, images, MaxBytes, Cancellation);

    /// <summary>Of rows that are kept exactly the requested share is held out.</summary>
    private (RowSource Training, RowSource Held) SplitAtRandom(KeptRows kept, Generator generator)
    {
        var held = (long)Math.Round(kept.Count * (double)Fraction);
        RequireBothSides(kept.Count - held, held);
        using Tensor order = Draws.Permutation(kept.Count, CPU, generator);
        return kept.Split(order, held);
    }

    /// <summary>Of a stream about as much.</summary>
    private (RowSource Training, RowSource Held) SplitStream(IDataView data, RowColumns columns, Generator generator)
    {
        int seed = Draws.Seed(generator);
        return OpenBoth(data, columns, new RandomPart(seed, Fraction, IsHeld: false),
            new RandomPart(seed, Fraction, IsHeld: true));
    }

    private static (RowSource Training, RowSource Held) Split(KeptRows kept, RowDivision division)
    {
        long[] held = Of(division.Held);
        using Tensor order = tensor([.. held, .. Of(division.Training)], dtype: ScalarType.Int64, device: CPU);
        return kept.Split(order, held.Length);

        long[] Of(RowPart part) => [.. Enumerable.Range(0, (int)kept.Count)
            .Where(row => part.Has(new RowPlace(default, row, kept.Groups.Count == 0 ? 0 : kept.Groups[row])))
            .Select(row => (long)row)];
    }

    private (RowSource Training, RowSource Held) OpenBoth(IDataView data, RowColumns columns, RowPart training,
        RowPart held) =>
        (OpenStream(data, columns, training), OpenStream(data, columns with { Use = RowColumns.ValidationUse }, held));

    private RowStreamSource OpenStream(IDataView data, RowColumns columns, RowPart? part)
    {
        RequireRoomForBatches(recipe, columns);
        return new RowStreamSource(owned.Add(new RowStream(host, data, columns, part, MaxBytes)), images);
    }

    /// <summary>The groups of rows that are not kept, in a pass of its own.</summary>
    private IEnumerable<int> GroupsOf(IDataView data, RowColumns columns)
    {
        using RowReader reader = RowReader.Open(host, data, columns, cancellation: Cancellation);
        while (reader.MoveNext())
            yield return reader.Group;
    }
}
