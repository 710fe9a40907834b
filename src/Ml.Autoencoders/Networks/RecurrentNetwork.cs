namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Recurrent"/>.</summary>
internal sealed class RecurrentNetwork : SequenceNetwork
{
    private readonly RecurrentLayer[] _layers;

    private readonly bool _feedsBack;
    private readonly float _droppedInputs;
    private readonly float _scheduledSampling;
    private readonly int _segments;

    public RecurrentNetwork(int[] units, RecurrentCell cell, bool bidirectional, bool feedsBack, float droppedInputs,
        float scheduledSampling, int segments)
        : base("Network.Recurrent")
    {
        Place place = Place.Call(Where);
        Require.Sizes(units, Limits.Width, place, nameof(units));
        Require.Defined(cell, place, nameof(cell));
        if (units.Length == 0)
            throw new ArgumentException(
                $"{Where}: units is empty; it must name the units of at least one layer.", nameof(units));
        RequireOfFeedback(droppedInputs, feedsBack, place, nameof(droppedInputs), "dropped");
        RequireOfFeedback(scheduledSampling, feedsBack, place, nameof(scheduledSampling), "sampled");
        Require.AtLeast(segments, 1, place, nameof(segments));
        if (feedsBack && units.Length > Limits.Nesting)
            throw new ArgumentException(FormattableString.Invariant(
                $"{Where}: units is a list of {units.Length}; where feedsBack is true it must name at most ") +
                FormattableString.Invariant($"{Limits.Nesting} layers."), nameof(units));
        (_feedsBack, _droppedInputs, _scheduledSampling) = (feedsBack, droppedInputs, scheduledSampling);
        _segments = segments;
        _layers = [.. units.Select((count, i) => new RecurrentLayer(cell, count)
        {
            BothWays = bidirectional,
            LastState = i == units.Length - 1,
        })];
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    private protected override string? Decoding => string.Join(", ", Decodings()) is { Length: > 0 } decoding
        ? decoding : null;

    /// <summary>The code unfolds into states of the last layer, those lead on to states of the one before, and so on; a
    /// linear map of each of the last gives the numbers of its step.</summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        SequenceFormat row = RowOf(encoder, outputs);
        if (row.Steps % _segments != 0)
            throw new NetworkException(FormattableString.Invariant(
                $"{Where}: segments is {_segments}, which does not divide the {row.Steps} steps of a sequence."));
        IReadOnlyList<Layer> each = DecoderOf(row.Steps / _segments, row.Channels);
        RecurrentLayer last = _layers[^1];
        return _segments == 1 ? each
            : [new UnfoldingLayer(last.Cell, last.Units, _segments), new PerSegmentLayer(each)];
    }

    /// <summary>What makes so many steps of a vector.</summary>
    private IReadOnlyList<Layer> DecoderOf(int steps, int channels) => _feedsBack
        ?
        [
            new FeedbackLayer(_layers[0].Cell, [.. _layers.Reverse().Select(layer => layer.Units)], steps, channels,
                _droppedInputs)
            {
                ScheduledSampling = _scheduledSampling,
            },
        ]
        :
        [
            new UnfoldingLayer(_layers[^1].Cell, _layers[^1].Units, steps),
            .. _layers.SkipLast(1).Reverse().Select(layer => layer with { BothWays = false }),
            new PerStepLayer([new LinearLayer(channels)]),
        ];

    private IEnumerable<string> Decodings()
    {
        if (_feedsBack)
            yield return FormattableString.Invariant(
                $"feeds back, {_droppedInputs} dropped, {_scheduledSampling} sampled");
        if (_segments > 1)
            yield return FormattableString.Invariant($"{_segments} segments");
    }

    private static void RequireOfFeedback(float probability, bool feedsBack, Place place, string name, string what)
    {
        Require.Within(probability, 0, 1, place, name);
        if (probability > 0 && !feedsBack)
            throw place.Error(name, FormattableString.Invariant(
                $"is {probability}; it must be 0 where feedsBack is false: nothing is fed back that could be {what}."));
    }
}
