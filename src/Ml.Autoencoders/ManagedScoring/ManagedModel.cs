using System.Globalization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
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
    /// <summary>Rows that go through all layers together at most: few enough to stay in the cache, and whole
    /// tiles.</summary>
    public const int MaxBlockRows = 8 * LinearKernel.TileRows;

    /// <summary>At most this many numbers between two layers, 64 MiB, as far as fewer rows allow it.</summary>
    private const int MaxBlockNumbers = 1 << 24;

    /// <summary>The same where a row by itself keeps whole tiles busy, as the pixels of a picture do: what stays in the
    /// cache, as far as one tile of rows allows it.</summary>
    private const int MaxPictureNumbers = 1 << 17;

    /// <summary>Numbers that the layout of the weights may add to as many again as there are, 64 MiB of them: a narrow
    /// layer is filled up to a panel.</summary>
    private const long MaxPadding = 1 << 24;

    private readonly ModelDefinition _definition;
    private readonly ManagedStack _encoder;
    private readonly ManagedStack _decoder;
    private readonly CodeReader _read;
    private readonly int _readSize;
    private readonly ManagedScaler? _scaler;
    private readonly ManagedScaler? _outputScaler;
    private readonly int _maxStride;
    private readonly int _blockRows;

    /// <summary>Of rows as long as the encoder takes them; null where they are taken as they are.</summary>
    private readonly ManagedInput? _input;

    /// <summary>Null where codes are not drawn here.</summary>
    private readonly ManagedDraws? _draws;

    public ManagedModel(ModelDefinition definition, ModelNumbers numbers)
    {
        _definition = definition;
        (ManagedPlan encoder, ManagedPlan decoder) = Plans(definition);
        _encoder = encoder.Make((layer, name) => numbers[$"{NetworkPlan.EncoderName}.{layer}.{name}"]);
        _decoder = decoder.Make((layer, name) => numbers[$"{NetworkPlan.DecoderName}.{layer}.{name}"]);
        _read = definition.Bottleneck.Reader(name => numbers[name]);
        _readSize = definition.Bottleneck.ReadSize(CodeSize);
        _scaler = ManagedScaler.Of(numbers, InputScaler.InputName);
        _outputScaler = definition.Target is null ? _scaler : ManagedScaler.Of(numbers, InputScaler.TargetName);
        _input = ManagedInput.Of(definition, _encoder.Inputs, _scaler);
        _maxStride = Math.Max(_encoder.MaxStride, _decoder.MaxStride);
        HasPictures = encoder.HasPictures || decoder.HasPictures;
        _blockRows = BlockRowsOf(_maxStride, HasPictures);
        _draws = DrawsCodes(definition)
            ? new ManagedDraws(_decoder, Likelihood, name => numbers[name], _blockRows) : null;
    }

    private Likelihood Likelihood => _definition.Objective.Likelihood;

    private int CodeSize => _decoder.Inputs;

    /// <summary>Whether rows are pictures on their way.</summary>
    public bool HasPictures { get; }

    /// <summary>What of a model cannot be computed here; null where all can.</summary>
    public static string? Obstacle(ModelDefinition definition)
    {
        (ManagedPlan encoder, ManagedPlan decoder) = Plans(definition);
        if ((encoder.Obstacle ?? decoder.Obstacle) is { } layer)
            return $"the layer {layer}";
        long packed = encoder.Weights + decoder.Weights;
        long parameters = definition.Network.Parameters().Sum(parameter => parameter.Count);
        if (packed > 2 * parameters + MaxPadding)
            return string.Create(CultureInfo.InvariantCulture,
                $"a network whose {parameters:N0} weights would take {packed:N0} numbers in layers as narrow as its");
        int read = definition.Bottleneck.ReadSize(definition.Network.CodeSize);
        long row = 2 * Math.Max(encoder.Widest, decoder.Widest) + encoder.Inputs + read;
        return row > Array.MaxLength
            ? string.Create(CultureInfo.InvariantCulture, $"a network whose rows take {row:N0} numbers on their way")
            : null;
    }

    private static (ManagedPlan Encoder, ManagedPlan Decoder) Plans(ModelDefinition definition)
    {
        NetworkPlan network = definition.Network;
        // The likelihood itself turns log-odds into rows.
        int last = definition.Objective.Likelihood.TakesLogits ? 1 : 0;
        return (ManagedCompiler.Plan(network.Encoder, network.ConditionSize, network.Encoder.Layers.Count),
            ManagedCompiler.Plan(network.Decoder, network.ConditionSize, network.Decoder.Layers.Count - last));
    }

    /// <summary>Rows that go through all layers together: whole tiles where there is more than one.</summary>
    private static int BlockRowsOf(int maxStride, bool hasPictures)
    {
        int rows = Math.Clamp(MaxBlockNumbers / maxStride, 1, MaxBlockRows);
        if (hasPictures)
            rows = Math.Min(rows, Math.Max(MaxPictureNumbers / maxStride, LinearKernel.TileRows));
        return rows < LinearKernel.TileRows ? rows : rows - rows % LinearKernel.TileRows;
    }

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
        int inputs = _encoder.Inputs;
        ManagedInput? input = areScaled ? null
            : size is { } other && other != inputs ? ManagedInput.Of(_definition, other, _scaler) : _input;
        rows.Require(count, input?.Size ?? inputs);
        using ManagedScratch room = Room(count, input is null ? 0 : inputs);
        for (int start = 0; start < count; start += _blockRows)
        {
            int part = Math.Min(_blockRows, count - start);
            BlockRows block = rows.From(start);
            ReadOnlySpan<long> blockLabels = Part(labels, start, part);
            if (input is null)
            {
                ScoreBlock(block, start, part, blockLabels, targets, noise, room);
                continue;
            }
            for (int row = 0; row < part; row++)
                input.Read(block.Row(row, input.Size), room.Inputs.Slice(row * inputs, inputs));
            ScoreBlock(new BlockRows(room.Inputs, inputs), start, part, blockLabels, targets, noise, room);
        }
    }

    /// <summary>Codes <c>[B, Z]</c> to rows in the column's units, <c>[B, D']</c>.</summary>
    public void Decode(BlockRows codes, int count, ReadOnlySpan<long> labels, Span<float> rows)
    {
        using ManagedScratch room = Room(count, 0);
        for (int start = 0; start < count; start += _blockRows)
        {
            int size = Math.Min(_blockRows, count - start);
            Span<float> output = _decoder.Run(codes.From(start), size, Part(labels, start, size),
                room.First, room.Second);
            WriteReconstructions(output, size, rows[(start * _decoder.Outputs)..]);
        }
    }

    private ManagedScratch Room(int count, int inputs) =>
        new(Math.Min(count, _blockRows), inputs, _readSize, _maxStride);

    /// <summary>The rows of one block, in the network's units.</summary>
    private void ScoreBlock(BlockRows rows, int start, int count, ReadOnlySpan<long> labels,
        ReadOnlySpan<ManagedTarget> targets,
        ManagedNoise noise, ManagedScratch room)
    {
        Span<float> encoded = _encoder.Run(rows, count, labels, room.First, room.Second);
        for (int row = 0; row < count; row++)
            _read(encoded.Slice(row * _encoder.Stride, _encoder.Outputs), room.Read.Slice(row * _readSize, _readSize));
        (bool draws, bool decodes) = (false, false);
        foreach (ManagedTarget target in targets)
        {
            if (target.Output is ManagedOutput.Code or ManagedOutput.Column)
            {
                int size = target.Column?.Size ?? CodeSize;
                Copy(room.Read, target.Column?.Start ?? 0, size, count, target.Values.AsSpan(start * size));
            }
            else if (IsDrawn(target.Output, noise.Common is not null))
                draws = true;
            else
                decodes = true;
        }
        if (draws)
            ScoreDraws(rows, start, count, labels, room.Read, targets, noise);
        if (!decodes)
            return;

        Span<float> output = _decoder.Run(new BlockRows(room.Read, _readSize), count, labels, room.First, room.Second);
        // Reconstructions last: they overwrite what the others are computed from.
        foreach (ManagedTarget target in targets)
        {
            switch (target.Output)
            {
                case ManagedOutput.FeatureErrors:
                    rows.Require(count, _decoder.Outputs);
                    WriteFeatureErrors(rows, output, count, target.Values.AsSpan(start * _decoder.Outputs));
                    break;
                case ManagedOutput.Error or ManagedOutput.Anomaly when !IsDrawn(target.Output,
                    noise.Common is not null):
                    WriteErrors(rows, output, count, target.Values.AsSpan(start),
                        endless: target.Output == ManagedOutput.Anomaly);
                    break;
            }
        }
        foreach (ManagedTarget target in targets)
        {
            if (target.Output == ManagedOutput.Reconstruction)
                WriteReconstructions(output, count, target.Values.AsSpan(start * _decoder.Outputs));
        }
    }

    /// <summary>Whether an output of a model that can be computed here can be.</summary>
    public static bool Computes(ManagedOutput output) =>
        output is not (ManagedOutput.Hidden or ManagedOutput.RowAndHidden);

    /// <summary>Whether an output is computed from codes that are drawn.</summary>
    /// <param name="output">The output.</param>
    /// <param name="areScoresDrawn">Whether scores of anomalies are.</param>
    public static bool IsDrawn(ManagedOutput output, bool areScoresDrawn) => output switch
    {
        ManagedOutput.Sample or ManagedOutput.EvidenceLowerBound or ManagedOutput.LogLikelihood => true,
        ManagedOutput.Anomaly => areScoresDrawn,
        _ => false,
    };

    /// <summary>Computes an output that needs drawn codes. What was read is left as it is.</summary>
    private void ScoreDraws(BlockRows rows, int start, int count, ReadOnlySpan<long> labels,
        ReadOnlySpan<float> read,
        ReadOnlySpan<ManagedTarget> targets, ManagedNoise noise)
    {
        float[] rented = System.Buffers.ArrayPool<float>.Shared.Rent((2 * count + 1) * CodeSize);
        Span<float> deviations = rented.AsSpan(2 * count * CodeSize, CodeSize);
        // Mean and log-variance lie side by side.
        for (int row = 0; row < count; row++)
            read.Slice(row * _readSize, 2 * CodeSize).CopyTo(rented.AsSpan(2 * row * CodeSize));
        var posterior = new ManagedPosterior(rented, CodeSize);
        Span<double> results = stackalloc double[MaxBlockRows];
        foreach (ManagedTarget target in targets)
        {
            switch (target.Output)
            {
                case ManagedOutput.Sample:
                    for (int row = 0; row < count; row++)
                    {
                        Span<float> code = target.Values.AsSpan((start + row) * CodeSize, CodeSize);
                        noise.Own!.Fill(start + row, 0, code);
                        posterior.Deviations(row, deviations);
                        posterior.Draw(row, deviations, code);
                    }
                    break;
                case ManagedOutput.EvidenceLowerBound:
                    _draws!.Run(rows, count, labels, posterior, noise.Own!, start, 1, isWeighted: false, results);
                    for (int row = 0; row < count; row++)
                        target.Values[start + row] = (float)(results[row] - posterior.Divergence(row));
                    break;
                case ManagedOutput.LogLikelihood:
                    _draws!.Run(rows, count, labels, posterior, noise.Own!, start, noise.Samples,
                        isWeighted: true, results);
                    for (int row = 0; row < count; row++)
                        target.Values[start + row] = (float)results[row];
                    break;
                case ManagedOutput.Anomaly when noise.Common is { } common:
                    _draws!.Run(rows, count, labels, posterior, common, start, common.Draws,
                        isWeighted: false, results);
                    for (int row = 0; row < count; row++)
                    {
                        var score = (float)(posterior.Divergence(row) - results[row]);
                        target.Values[start + row] = OrEndless(score, rows.Row(row, _encoder.Inputs));
                    }
                    break;
            }
        }
        System.Buffers.ArrayPool<float>.Shared.Return(rented);
    }

    /// <param name="rows">The rows.</param>
    /// <param name="output">The output of the decoder.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="errors">A number for each.</param>
    /// <param name="endless">Whether an error that is NaN becomes infinite where the row holds no NaN.</param>
    private void WriteErrors(BlockRows rows, Span<float> output, int count, Span<float> errors, bool endless)
    {
        rows.Require(count, _decoder.Outputs);
        float[] slots = System.Buffers.ArrayPool<float>.Shared.Rent(_decoder.Outputs);
        Span<float> slotErrors = slots.AsSpan(0, _decoder.Outputs);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> target = rows.Row(row, _decoder.Outputs);
            Likelihood.SlotErrors(target, Output(output, row), slotErrors);
            float error = Elementwise.Sum(slotErrors) / slotErrors.Length;
            errors[row] = endless ? OrEndless(error, target) : error;
        }
        System.Buffers.ArrayPool<float>.Shared.Return(slots);
    }

    private void WriteFeatureErrors(BlockRows rows, Span<float> output, int count, Span<float> errors)
    {
        for (int row = 0; row < count; row++)
        {
            Span<float> slots = errors.Slice(row * _decoder.Outputs, _decoder.Outputs);
            Likelihood.SlotErrors(rows.Row(row, _decoder.Outputs), Output(output, row), slots);
            if (_definition.Image is { Order: not PixelOrder.Planar } image)
                Rearrangement.Move([.. slots], image.PlanarLayout, slots, image.Layout);
        }
    }

    private void WriteReconstructions(Span<float> output, int count, Span<float> reconstructions)
    {
        ImageFormat? image = _definition.Target is { } target ? target.Image : _definition.Image;
        for (int row = 0; row < count; row++)
        {
            Span<float> slots = Output(output, row);
            Likelihood.ReconstructionOf(slots);
            _outputScaler?.Undo(slots);
            if (_definition.Range is { } range)
                Elementwise.Apply(slots, new Holding(range));
            Span<float> reconstruction = reconstructions.Slice(row * slots.Length, slots.Length);
            if (image is { Order: not PixelOrder.Planar })
                Rearrangement.Move(slots, image.PlanarLayout, reconstruction, image.Layout);
            else
                slots.CopyTo(reconstruction);
        }
    }

    private Span<float> Output(Span<float> output, int row) => output.Slice(row * _decoder.Stride, _decoder.Outputs);

    private void Copy(ReadOnlySpan<float> read, int from, int size, int count, Span<float> values)
    {
        for (int row = 0; row < count; row++)
            read.Slice(row * _readSize + from, size).CopyTo(values[(row * size)..]);
    }

    /// <summary>Infinite where a score is NaN, and the row holds no NaN.</summary>
    private static float OrEndless(float score, ReadOnlySpan<float> row) =>
        float.IsNaN(score) && !AnyNaN(row) ? float.PositiveInfinity : score;

    private readonly struct Holding(ValueRange range) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => range.Hold(x);
    }

    private static ReadOnlySpan<long> Part(ReadOnlySpan<long> labels, int start, int count) =>
        labels.IsEmpty ? labels : labels.Slice(start, count);

    private static bool AnyNaN(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }
        return false;
    }
}
