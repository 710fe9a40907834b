using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// A trained model that computes in managed memory: no native library is needed. The counterpart of
/// <see cref="Models.Prediction{T}"/>; both give the same numbers except for rounding.
/// </summary>
/// <remarks>Immutable, and safe to use from several threads at once. A row gives the same bits whatever rows
/// are beside it.</remarks>
internal sealed class ManagedModel
{
    private readonly ModelDefinition _definition;
    private readonly ManagedStack _encoder;
    private readonly ManagedStack _decoder;
    private readonly CodeReader _read;
    private readonly int _readSize;
    private readonly ManagedScaler? _scaler;
    private readonly int _maxStride;
    private readonly int _blockRows;

    /// <summary>Of rows as long as the encoder takes them; null where they are taken as they are.</summary>
    private readonly ManagedInput? _input;

    /// <summary>Of rows in the network's units; null where they are taken as they are.</summary>
    private readonly ManagedInput? _scaledInput;

    private readonly HiddenTargets _hidden;
    private readonly DecodedTargets _decoded;

    /// <summary>Null where codes have no part in the score of a row.</summary>
    private readonly ManagedCodePart? _codePart;

    /// <summary>Null where no reasons are given.</summary>
    private readonly ManagedReasons? _reasons;

    /// <summary>Null where codes are not drawn here.</summary>
    private readonly DrawnTargets? _drawn;

    public ManagedModel(ModelDefinition definition, ModelNumbers numbers)
    {
        _definition = definition;
        var plans = ManagedPlans.Of(definition);
        _encoder = plans.Encoder.Make((layer, name) => numbers[$"{NetworkPlan.EncoderName}.{layer}.{name}"]);
        _decoder = plans.Decoder.Make((layer, name) => numbers[$"{NetworkPlan.DecoderName}.{layer}.{name}"]);
        _read = definition.Bottleneck.Reader(name => numbers[name]);
        _readSize = definition.Bottleneck.ReadSize(CodeSize);
        _scaler = ManagedScaler.Of(numbers, InputScaler.InputName);
        _input = ManagedInput.Of(definition, definition.Network.InputSize, _scaler);
        _scaledInput = ManagedInput.OfScaled(definition);
        _codePart = ManagedCodePart.Of(definition, numbers);
        _maxStride = new[] { _encoder.MaxStride, _decoder.MaxStride, _codePart?.Stride ?? 0 }.Max();
        HasPictures = plans.HavePictures;
        _blockRows = plans.BlockRows(_maxStride);
        _hidden = new HiddenTargets(definition, plans.Encoder.Hidden);
        _decoded = new DecodedTargets(definition, _decoder,
            definition.Target is null ? _scaler : ManagedScaler.Of(numbers, InputScaler.TargetName),
            numbers.Find(ScoreNumbers.SlotWeights));
        _reasons = definition.GivesReasons
            ? new ManagedReasons(definition, numbers, _encoder, _decoder, _read, _readSize) : null;
        if (!DrawsCodes(definition))
            return;
        var draws = new ManagedDraws(_decoder, definition, name => numbers[name], _blockRows);
        _drawn = new DrawnTargets(draws, definition.Network.InputSize, CodeSize, _readSize);
    }

    private int CodeSize => _decoder.Inputs;

    /// <summary>Whether rows are pictures on their way.</summary>
    public bool HasPictures { get; }

    /// <summary>Whether it can also draw codes, and estimate from them how likely rows are.</summary>
    public static bool DrawsCodes(ModelDefinition definition) =>
        definition.Bottleneck.DrawsManaged(definition.Objective.Prior);

    /// <summary>Computes the requested outputs of rows.</summary>
    /// <param name="rows">The rows, <c>[B, D]</c>.</param>
    /// <param name="count">How many, B.</param>
    /// <param name="labels">The index of each row's label; empty where there is no condition.</param>
    /// <param name="targets">The requested outputs.</param>
    /// <param name="noise">The noise that codes are drawn with, where an output needs it.</param>
    /// <param name="areScaled">Whether the rows are in the network's units, not in the column's.</param>
    /// <param name="size">Numbers of a row. Default: as many as the encoder takes.</param>
    public void Score(BlockRows rows, int count, ReadOnlySpan<long> labels, ReadOnlySpan<ManagedTarget> targets,
        ManagedNoise noise = default, bool areScaled = false, int? size = null)
    {
        ManagedInput? input = areScaled ? _scaledInput
            : size is { } other && other != _definition.Network.InputSize
                ? ManagedInput.Of(_definition, other, _scaler) : _input;
        int inputs = input?.Width ?? _encoder.Inputs;
        rows.Require(count, input?.Size ?? inputs);
        using ManagedScratch room = Room(count, input is null ? 0 : inputs);
        for (int start = 0; start < count; start += _blockRows)
        {
            int part = Math.Min(_blockRows, count - start);
            BlockRows block = rows.From(start);
            ReadOnlySpan<long> blockLabels = Part(labels, start, part);
            if (input is null)
            {
                ScoreBlock(block, block, start, part, blockLabels, targets, noise, room);
                continue;
            }
            for (int row = 0; row < part; row++)
                input.Read(block.Row(row, input.Size), room.Inputs.Slice(row * inputs, inputs));
            ScoreBlock(block, new BlockRows(room.Inputs, inputs), start, part, blockLabels, targets, noise, room);
        }
    }

    /// <summary>Codes <c>[B, Z]</c> to rows in the column's units, <c>[B, D']</c>.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="count">How many, B.</param>
    /// <param name="labels">The index of each row's label; empty where there is no condition.</param>
    /// <param name="rows">Gets the rows.</param>
    /// <param name="noise">Gives what is added to the log-odds of keys that are drawn; null where the likeliest are
    /// taken.</param>
    public void Decode(BlockRows codes, int count, ReadOnlySpan<long> labels, Span<float> rows, FillNoise? noise = null)
    {
        using ManagedScratch room = Room(count, 0);
        for (int start = 0; start < count; start += _blockRows)
        {
            int size = Math.Min(_blockRows, count - start);
            Span<float> output = _decoder.Run(codes.From(start), size, Part(labels, start, size),
                room.First, room.Second);
            if (noise is not null)
                _decoded.AddNoise(output, start, size, noise);
            _decoded.WriteReconstructions(output, size, rows[(start * _definition.Network.OutputSize)..]);
        }
    }

    private ManagedScratch Room(int count, int inputs) =>
        new(Math.Min(count, _blockRows), inputs, _readSize, _maxStride);

    /// <summary>The rows of one block: as they were given, and in the network's units, with their gaps after them where
    /// these are marked.</summary>
    private void ScoreBlock(BlockRows given, BlockRows rows, int start, int count, ReadOnlySpan<long> labels,
        ReadOnlySpan<ManagedTarget> targets, ManagedNoise noise, ManagedScratch room)
    {
        foreach (ManagedTarget target in targets)
        {
            if (target.Output == ManagedOutput.Reasons)
                _reasons!.Write(rows, count, labels, room, target.Values.AsSpan(start * _reasons.Size));
        }
        HiddenRows hidden = _hidden.RoomIn(targets, start);
        Span<float> encoded = _encoder.Run(rows, count, labels, room.First, room.Second, hidden);
        if (hidden.AreWanted)
            _hidden.Complete(rows, count, targets, start, hidden);
        for (int row = 0; row < count; row++)
            _read(encoded.Slice(row * _encoder.Stride, _encoder.Outputs), room.Read.Slice(row * _readSize, _readSize));
        Span<float> parts = stackalloc float[ManagedPlans.MaxBlockRows];
        if (_codePart is not null && NeedCodePart(targets))
            _codePart.Run(rows, new BlockRows(room.Read, _readSize), count, room.First, parts);
        bool areScoresDrawn = noise.Common is not null;
        (bool draws, bool decodes) = (false, false);
        foreach (ManagedTarget target in targets)
        {
            if (target.Output is ManagedOutput.Code or ManagedOutput.Column)
            {
                int size = target.Column?.Size ?? CodeSize;
                Copy(room.Read, target.Column?.Start ?? 0, size, count, target.Values.AsSpan(start * size));
            }
            else if (IsCodePart(target.Output))
                parts[..count].CopyTo(target.Values.AsSpan(start));
            else if (DrawnTargets.Has(target.Output, areScoresDrawn))
                draws = true;
            else if (!HiddenTargets.Has(target.Output) && target.Output != ManagedOutput.Reasons)
                decodes = true;
        }
        if (draws)
            _drawn!.Write(rows, start, count, labels, room.Read, targets, noise);
        if (!decodes)
            return;
        Span<float> output = _decoder.Run(new BlockRows(room.Read, _readSize), count, labels, room.First, room.Second);
        _decoded.Write(given, rows, start, count, output, parts, targets, areScoresDrawn);
    }

    private static bool NeedCodePart(ReadOnlySpan<ManagedTarget> targets)
    {
        foreach (ManagedTarget target in targets)
        {
            if (target.Output is ManagedOutput.CodePart or ManagedOutput.Anomaly)
                return true;
        }
        return false;
    }

    /// <summary>Whether an output is the code's part in the score and nothing else, for which rows are not
    /// decoded.</summary>
    private bool IsCodePart(ManagedOutput output) => output switch
    {
        ManagedOutput.CodePart => true,
        ManagedOutput.Anomaly => _definition.Score == AnomalyScoreKind.CodeDistance,
        _ => false,
    };

    private void Copy(ReadOnlySpan<float> read, int from, int size, int count, Span<float> values)
    {
        for (int row = 0; row < count; row++)
            read.Slice(row * _readSize + from, size).CopyTo(values[(row * size)..]);
    }

    private static ReadOnlySpan<long> Part(ReadOnlySpan<long> labels, int start, int count) =>
        labels.IsEmpty ? labels : labels.Slice(start, count);
}
