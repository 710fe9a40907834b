using System.Buffers;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Writes outputs that are computed from what the decoder gives.</summary>
/// <param name="definition">The model.</param>
/// <param name="decoder">The decoder.</param>
/// <param name="scaler">The scaling of what is reconstructed; null where there is none.</param>
/// <param name="slotWeights">Those of the slots' errors in the score of a detector; null where there are none.</param>
internal sealed class DecodedTargets(ModelDefinition definition, ManagedStack decoder, ManagedScaler? scaler,
    float[]? slotWeights)
{
    /// <summary>Numbers of a row.</summary>
    private readonly int _size = definition.Network.OutputSize;

    private Likelihood Likelihood => definition.Objective.Likelihood;

    /// <summary>Writes those among the outputs. What the decoder gave is overwritten.</summary>
    /// <param name="given">The rows as they were given.</param>
    /// <param name="rows">The same in the network's units, with their gaps after them where these are marked.</param>
    /// <param name="start">The place of the first row in the outputs.</param>
    /// <param name="count">How many.</param>
    /// <param name="output">What the decoder gave.</param>
    /// <param name="codeParts">The part of each row's code in its score, where it has one.</param>
    /// <param name="targets">The outputs.</param>
    /// <param name="areScoresDrawn">Whether scores of anomalies are computed from drawn codes, and so not here.</param>
    public void Write(BlockRows given, BlockRows rows, int start, int count, Span<float> output,
        ReadOnlySpan<float> codeParts, ReadOnlySpan<ManagedTarget> targets, bool areScoresDrawn)
    {
        // Reconstructions last: they overwrite what the others are computed from.
        foreach (ManagedTarget target in targets)
        {
            switch (target.Output)
            {
                case ManagedOutput.FeatureErrors:
                    rows.Require(count, _size);
                    WriteFeatureErrors(rows, output, count, target.Values.AsSpan(start * _size));
                    break;
                case ManagedOutput.ColumnErrors:
                    rows.Require(count, _size);
                    WriteColumnErrors(rows, output, count, start, target.Values);
                    break;
                case ManagedOutput.Anomaly when definition.Score == AnomalyScoreKind.Both:
                    WriteScores(rows, output, count, codeParts, target.Values.AsSpan(start));
                    break;
                case ManagedOutput.Anomaly when definition.Score == AnomalyScoreKind.ReconstructionError
                    && !areScoresDrawn:
                    WriteErrors(rows, output, count, target.Values.AsSpan(start), endless: true,
                        definition.LastStep);
                    break;
                case ManagedOutput.Error:
                    WriteErrors(rows, output, count, target.Values.AsSpan(start), endless: false);
                    break;
            }
        }
        Span<float> written = [];
        foreach (ManagedTarget target in targets)
        {
            if (target.Output is not (ManagedOutput.Reconstruction or ManagedOutput.Imputed))
                continue;
            Span<float> values = target.Values.AsSpan(start * _size, count * _size);
            if (written.IsEmpty)
                WriteReconstructions(output, count, values);
            else
                written.CopyTo(values);
            written = values;
        }
        foreach (ManagedTarget target in targets)
        {
            if (target.Output == ManagedOutput.Imputed)
                KeepObserved(given, count, target.Values.AsSpan(start * _size));
        }
    }

    /// <param name="rows">The rows.</param>
    /// <param name="output">The output of the decoder.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="errors">A number for each.</param>
    /// <param name="endless">Whether an error that is NaN becomes infinite where the row holds no NaN.</param>
    /// <param name="last">How many of the last slots the error is of; 0 for all.</param>
    private void WriteErrors(BlockRows rows, Span<float> output, int count, Span<float> errors, bool endless,
        int last = 0)
    {
        rows.Require(count, _size);
        int first = last == 0 ? 0 : _size - last;
        float[] slots = ArrayPool<float>.Shared.Rent(_size);
        Span<float> slotErrors = slots.AsSpan(first, _size - first);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> target = rows.Row(row, _size);
            ReadOnlySpan<float> gaps = GapsOf(rows, row);
            // Only rows of numbers have a last step of their own, and those as many outputs.
            float error = Likelihood.RowError(target[first..], gaps.IsEmpty ? gaps : gaps[first..],
                Output(output, row)[first..], slotErrors);
            // Nothing is known about a last step that is missing as a whole.
            errors[row] = last > 0 && !gaps.IsEmpty && !gaps[first..].Contains(0) ? float.NaN
                : endless ? MissingValues.OrEndless(error, target) : error;
        }
        ArrayPool<float>.Shared.Return(slots);
    }

    /// <summary>The sum of the slots' parts, and that of the code.</summary>
    private void WriteScores(BlockRows rows, Span<float> output, int count, ReadOnlySpan<float> codeParts,
        Span<float> scores)
    {
        rows.Require(count, _size);
        float[] rented = ArrayPool<float>.Shared.Rent(_size);
        Span<float> parts = rented.AsSpan(0, _size);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> target = rows.Row(row, _size);
            SlotParts(target, GapsOf(rows, row), Output(output, row), parts);
            scores[row] = MissingValues.OrEndless(Elementwise.Sum(parts) + codeParts[row], target);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private void SlotParts(ReadOnlySpan<float> target, ReadOnlySpan<float> gaps, ReadOnlySpan<float> output,
        Span<float> parts)
    {
        Likelihood.SlotErrors(target, gaps, output, parts);
        if (slotWeights is null)
            return;
        Elementwise.Apply(parts, slotWeights, default(SlotWeights.Weighting));
        if (gaps.IsEmpty)
            return;
        float share = Likelihood.ShareObserved(gaps, least: 1);
        foreach (ref float part in parts)
            part /= share;
    }

    private void WriteFeatureErrors(BlockRows rows, Span<float> output, int count, Span<float> errors)
    {
        for (int row = 0; row < count; row++)
        {
            Span<float> slots = errors.Slice(row * _size, _size);
            SlotParts(rows.Row(row, _size), GapsOf(rows, row), Output(output, row), slots);
            if (definition.Image is { Order: not PixelOrder.Planar } image)
                Rearrangement.Move([.. slots], image.PlanarLayout, slots, image.Layout);
        }
    }

    /// <param name="rows">The rows.</param>
    /// <param name="output">The output of the decoder.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="start">The place of the first row in the errors.</param>
    /// <param name="errors">A number for each column of each row.</param>
    private void WriteColumnErrors(BlockRows rows, Span<float> output, int count, int start, float[] errors)
    {
        if (Likelihood.Columns is not { } columns)
        {
            WriteFeatureErrors(rows, output, count, errors.AsSpan(start * _size));
            return;
        }
        float[] rented = ArrayPool<float>.Shared.Rent(_size);
        Span<float> slots = rented.AsSpan(0, _size);
        for (int row = 0; row < count; row++)
        {
            SlotParts(rows.Row(row, _size), GapsOf(rows, row), Output(output, row), slots);
            Span<float> sums = errors.AsSpan((start + row) * columns.Count, columns.Count);
            for (int i = 0; i < sums.Length; i++)
                sums[i] = Elementwise.Sum(slots.Slice(columns.All[i].First, columns.All[i].Count));
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Of the output of the decoder, which is overwritten.</summary>
    public void WriteReconstructions(Span<float> output, int count, Span<float> reconstructions)
    {
        ImageFormat? image = definition.Target is { } target ? target.Image : definition.Image;
        for (int row = 0; row < count; row++)
        {
            Span<float> slots = Likelihood.ReconstructionOf(Output(output, row));
            scaler?.Undo(slots);
            if (definition.Range is { } range)
                Elementwise.Apply(slots, new Holding(range));
            Span<float> reconstruction = reconstructions.Slice(row * slots.Length, slots.Length);
            if (image is { Order: not PixelOrder.Planar })
                Rearrangement.Move(slots, image.PlanarLayout, reconstruction, image.Layout);
            else
                slots.CopyTo(reconstruction);
        }
    }

    /// <summary>Adds noise to the output of the decoder.</summary>
    /// <param name="output">The output.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="noise">Gives the noise of a row.</param>
    public void AddNoise(Span<float> output, int start, int count, FillNoise noise)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(decoder.Outputs);
        Span<float> numbers = rented.AsSpan(0, decoder.Outputs);
        for (int row = 0; row < count; row++)
        {
            noise(start + row, numbers);
            Elementwise.Apply(Output(output, row), numbers, default(Added));
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Puts what is there of rows over their reconstructions.</summary>
    private void KeepObserved(BlockRows given, int count, Span<float> values)
    {
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> slots = given.Row(row, _size);
            for (int slot = 0; slot < slots.Length; slot++)
            {
                if (IsThere(slots[slot]))
                    values[row * slots.Length + slot] = slots[slot];
            }
        }
    }

    private bool IsThere(float value) => definition.Network.Tokens is null ? !float.IsNaN(value) : value != 0;

    private ReadOnlySpan<float> GapsOf(BlockRows rows, int row) =>
        ManagedGaps.Of(definition, rows, row, _size);

    private Span<float> Output(Span<float> output, int row) => output.Slice(row * decoder.Stride, decoder.Outputs);

    private readonly struct Added : IBinaryFunction
    {
        public T Of<T>(T x, T y) where T : IElementwise<T> => x + y;
    }

    private readonly struct Holding(ValueRange range) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => range.Hold(x);
    }
}
