using Ml.Autoencoders.Bottlenecks;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Models;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Pipeline;

/// <summary>An output column and where its values come from.</summary>
/// <param name="Output">The column.</param>
/// <param name="Read">Its values for a batch.</param>
/// <param name="Draws">Whether chance is in them.</param>
internal sealed record ScoredColumn(OutputColumn Output, Func<Scores, Tensor> Read, bool Draws = false)
{
    /// <summary>The columns that have a name, the code first.</summary>
    /// <param name="columns">Their names.</param>
    /// <param name="inputSize">Numbers in a row, D.</param>
    /// <param name="codeSize">Numbers in a code, Z.</param>
    /// <param name="bottleneck">What makes codes; null where sizes do not matter.</param>
    public static IReadOnlyList<ScoredColumn> Of(ColumnNames columns, int inputSize, int codeSize, Bottleneck? bottleneck)
    {
        var scored = new List<ScoredColumn>();
        void Add(string? name, int size, OutputKind kind, Func<Scores, Tensor> read, bool draws = false, int keyCount = 0)
        {
            if (name is not null)
                scored.Add(new ScoredColumn(new OutputColumn(name, size, kind, keyCount), read, draws));
        }

        Add(columns.Code, codeSize, OutputKind.NumberedVector, scores => scores.Code);
        Add(columns.Reconstruction, inputSize, OutputKind.LikeInput, scores => scores.Reconstruction);
        Add(columns.Error, 1, OutputKind.Scalar, scores => scores.Error);
        Add(columns.LogVariance, codeSize, OutputKind.NumberedVector, scores => scores.LogVariance);
        Add(columns.Sample, codeSize, OutputKind.NumberedVector, scores => scores.Sample, draws: true);
        Add(columns.EvidenceLowerBound, 1, OutputKind.Scalar, scores => scores.EvidenceLowerBound, draws: true);
        var quantized = bottleneck as VectorQuantizedBottleneck;
        Add(columns.CodeIndices, codeSize / (quantized?.VectorSize ?? 1), OutputKind.KeyVector, scores => scores.CodeIndices,
            keyCount: quantized?.CodebookSize ?? 1);
        return scored;
    }
}
