using System.Buffers;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Decodes codes that were drawn for rows, and sums up their probabilities. Codes are decoded a block at a
/// time, whichever rows they belong to.</summary>
/// <param name="decoder">Codes to what the likelihood takes.</param>
/// <param name="definition">The model.</param>
/// <param name="find">The likelihood's own numbers by name.</param>
/// <param name="blockRows">Codes that are decoded together at most.</param>
internal sealed class ManagedDraws(ManagedStack decoder, ModelDefinition definition, Func<string, float[]> find,
    int blockRows)
{
    private readonly Likelihood _likelihood = definition.Objective.Likelihood;
    private readonly (double Start, double Slope) _logProbability =
        Line(definition.Objective.Likelihood, definition.Network.OutputSize, find);

    /// <summary>For each row, over its draws, the mean of ln p(x|z); or the logarithm of the mean of p(x|z) p(z) /
    /// q(z|x).</summary>
    /// <param name="rows">The rows, in the network's units.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="labels">The index of each row's label; empty where there is none.</param>
    /// <param name="posterior">q(z|x).</param>
    /// <param name="noise">The noise that codes are drawn with.</param>
    /// <param name="first">The place of the first row among those that the noise knows.</param>
    /// <param name="draws">Codes for each row.</param>
    /// <param name="isWeighted">Whether the second is requested.</param>
    /// <param name="isOfWhole">Whether ln p(x|z) is that of all slots, those that are missing with the mean error of
    /// the others; else that of the slots that are there.</param>
    /// <param name="results">A number for each row.</param>
    public void Run(BlockRows rows, int count, ReadOnlySpan<long> labels, ManagedPosterior posterior, INoise noise,
        int first, int draws, bool isWeighted, bool isOfWhole, Span<double> results)
    {
        (int size, int slots) = (decoder.Inputs, definition.Network.OutputSize);
        var block = (int)Math.Min((long)count * draws, blockRows);
        using var room = new ManagedScratch(block, 0, size, decoder.MaxStride);
        float[] rented = ArrayPool<float>.Shared.Rent(2 * size + slots);
        Span<float> deviations = rented.AsSpan(0, size);
        Span<float> drawn = rented.AsSpan(size, size);
        Span<float> errors = rented.AsSpan(2 * size, slots);
        Span<double> ratios = stackalloc double[block];
        Span<long> blockLabels = stackalloc long[labels.IsEmpty ? 0 : block];

        (int row, int draw) = (0, 0);   // the next to be drawn
        (int decodedRow, int decodedDraw) = (0, 0);
        var sum = new DrawSum(isWeighted);
        while (row < count)
        {
            int filled = 0;
            for (; filled < block && row < count; filled++)
            {
                if (filled == 0 || draw == 0)
                    posterior.Deviations(row, deviations);
                Span<float> code = room.Read.Slice(filled * size, size);
                noise.Fill(first + row, draw, code);
                code.CopyTo(drawn);
                posterior.Draw(row, deviations, code);
                ratios[filled] = isWeighted ? posterior.LogPriorOverPosterior(row, drawn, code) : 0;
                if (!labels.IsEmpty)
                    blockLabels[filled] = labels[row];
                (row, draw) = draw + 1 < draws ? (row, draw + 1) : (row + 1, 0);
            }
            Span<float> output = decoder.Run(new BlockRows(room.Read, size), filled,
                labels.IsEmpty ? [] : blockLabels[..filled],
                room.First, room.Second);
            for (int i = 0; i < filled; i++)
            {
                ReadOnlySpan<float> gaps = ManagedGaps.Of(definition, rows, decodedRow, slots);
                double error = _likelihood.RowError(rows.Row(decodedRow, slots), gaps,
                    output.Slice(i * decoder.Stride, decoder.Outputs), errors);
                double logProbability = _logProbability.Start + _logProbability.Slope * error;
                if (!isOfWhole)
                    logProbability = _likelihood.Part(gaps, logProbability);
                sum.Add(logProbability + ratios[i]);
                if (++decodedDraw < draws)
                    continue;
                results[decodedRow++] = sum.Mean;
                (decodedDraw, sum) = (0, new DrawSum(isWeighted));
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The straight line that ln p(x|z) is over the row error: where it is at 0, and what each unit
    /// adds.</summary>
    private static (double Start, double Slope) Line(Likelihood likelihood, long size, Func<string, float[]> find)
    {
        double start = At(0);
        return (start, At(1) - start);

        double At(double error) =>
            likelihood.LogProbability<Number>(error, size, (name, _) => find(name)[0]).Value;
    }
}
