using System.Buffers;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Writes outputs that need drawn codes.</summary>
/// <param name="draws">Draws them.</param>
/// <param name="inputs">Numbers of a row in the network's units.</param>
/// <param name="codeSize">Numbers of a code, Z.</param>
/// <param name="readSize">Numbers that are read of the encoder's output for each row.</param>
internal sealed class DrawnTargets(ManagedDraws draws, int inputs, int codeSize, int readSize)
{
    /// <summary>Whether an output is computed from codes that are drawn.</summary>
    /// <param name="output">The output.</param>
    /// <param name="areScoresDrawn">Whether scores of anomalies are.</param>
    public static bool Has(ManagedOutput output, bool areScoresDrawn) => output switch
    {
        ManagedOutput.Sample or ManagedOutput.EvidenceLowerBound or ManagedOutput.LogLikelihood => true,
        ManagedOutput.Anomaly => areScoresDrawn,
        _ => false,
    };

    /// <summary>Writes those among the outputs. What was read is left as it is.</summary>
    /// <param name="rows">The rows, in the network's units.</param>
    /// <param name="start">The place of the first row in the outputs.</param>
    /// <param name="count">How many.</param>
    /// <param name="labels">The index of each row's label; empty where there is no condition.</param>
    /// <param name="read">What was read of the encoder's output for each row.</param>
    /// <param name="targets">The outputs.</param>
    /// <param name="noise">The noise that codes are drawn with.</param>
    public void Write(BlockRows rows, int start, int count, ReadOnlySpan<long> labels, ReadOnlySpan<float> read,
        ReadOnlySpan<ManagedTarget> targets, ManagedNoise noise)
    {
        float[] rented = ArrayPool<float>.Shared.Rent((2 * count + 1) * codeSize);
        Span<float> deviations = rented.AsSpan(2 * count * codeSize, codeSize);
        // Mean and log-variance lie side by side.
        for (int row = 0; row < count; row++)
            read.Slice(row * readSize, 2 * codeSize).CopyTo(rented.AsSpan(2 * row * codeSize));
        var posterior = new ManagedPosterior(rented, codeSize);
        Span<double> results = stackalloc double[ManagedPlans.MaxBlockRows];
        foreach (ManagedTarget target in targets)
        {
            switch (target.Output)
            {
                case ManagedOutput.Sample:
                    for (int row = 0; row < count; row++)
                    {
                        Span<float> code = target.Values.AsSpan((start + row) * codeSize, codeSize);
                        noise.Own!.Fill(start + row, 0, code);
                        posterior.Deviations(row, deviations);
                        posterior.Draw(row, deviations, code);
                    }
                    break;
                case ManagedOutput.EvidenceLowerBound:
                    draws.Run(rows, count, labels, posterior, noise.Own!, start, 1, isWeighted: false,
                        isOfWhole: false, results);
                    for (int row = 0; row < count; row++)
                        target.Values[start + row] = (float)(results[row] - posterior.Divergence(row));
                    break;
                case ManagedOutput.LogLikelihood:
                    draws.Run(rows, count, labels, posterior, noise.Own!, start, noise.Samples,
                        isWeighted: true, isOfWhole: false, results);
                    for (int row = 0; row < count; row++)
                        target.Values[start + row] = (float)results[row];
                    break;
                case ManagedOutput.Anomaly when noise.Common is { } common:
                    draws.Run(rows, count, labels, posterior, common, start, common.Draws,
                        isWeighted: false, isOfWhole: true, results);
                    for (int row = 0; row < count; row++)
                    {
                        var score = (float)(posterior.Divergence(row) - results[row]);
                        target.Values[start + row] = MissingValues.OrEndless(score, rows.Row(row, inputs));
                    }
                    break;
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }
}
