using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// What has to be known about rows before they are trained or measured on, found in one pass over them as
/// their columns have them.
/// </summary>
internal sealed class RowSurvey : IDisposable
{
    private readonly SlotStatistics? _values;
    private readonly SlotStatistics? _targets;
    private readonly RowDigest? _digest;
    private readonly RowSample? _sample;

    /// <param name="layout">Of a row.</param>
    /// <param name="facts">The facts to find.</param>
    public RowSurvey(RowLayout layout, RowFacts facts)
    {
        if (facts.HasFlag(RowFacts.Range))
        {
            (bool withMoments, bool withGaps) = (facts.HasFlag(RowFacts.Moments), facts.HasFlag(RowFacts.Gaps));
            _values = new SlotStatistics(withMoments, withGaps);
            _targets = layout.TargetWidth is null ? null : new SlotStatistics(withMoments, withGaps);
        }
        _digest = facts.HasFlag(RowFacts.Digest) ? new RowDigest() : null;
        _sample = facts.HasFlag(RowFacts.Sample) ? new RowSample(layout.TargetWidth ?? layout.Width) : null;
    }

    /// <summary>How many rows there are.</summary>
    public long Count { get; private set; }

    /// <summary>How many rows each label has.</summary>
    public Dictionary<long, long> Labels { get; } = [];

    /// <summary>Of what is encoded.</summary>
    public SlotStatistics Values => _values ?? throw NotAskedFor(nameof(RowFacts.Range));

    /// <summary>Of what is reconstructed.</summary>
    public SlotStatistics Targets => _targets ?? Values;

    /// <summary>Some of what is reconstructed.</summary>
    public RowSample Sample => _sample ?? throw NotAskedFor(nameof(RowFacts.Sample));

    /// <summary>Empty where it was not requested.</summary>
    public string Digest => _digest?.ToString() ?? "";

    public void Add(RowBatch rows)
    {
        Count += rows.Count;
        _values?.Add(rows.Values);
        if (rows.Targets is { } targets)
            _targets?.Add(targets);
        _digest?.Add(rows);
        _sample?.Add(rows.Target);
        if (rows.Labels is { } labels)
        {
            foreach (long label in labels.data<long>())
                Labels[label] = Labels.GetValueOrDefault(label) + 1;
        }
    }

    public void Dispose()
    {
        _values?.Dispose();
        _targets?.Dispose();
        _digest?.Dispose();
        _sample?.Dispose();
    }

    private static InvalidOperationException NotAskedFor(string wish) => new($"The survey was made without {wish}.");
}
