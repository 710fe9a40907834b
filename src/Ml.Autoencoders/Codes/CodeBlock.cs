namespace Ml.Autoencoders.Codes;

/// <summary>
/// Some codes that lie together, an array for each dimension: arithmetic along codes is far faster than along their few
/// dimensions, and blocks of this size stay in the processor's cache.
/// </summary>
internal sealed class CodeBlock
{
    private const int MaxCodes = 128;

    private CodeBlock(float[][] codes, int start)
    {
        Start = start;
        Count = codes.Length;
        Columns = [.. Enumerable.Range(0, codes[0].Length)
            .Select(i => codes.Select(code => (double)code[i]).ToArray())];
    }

    /// <summary>The number of the first code among all.</summary>
    public int Start { get; }

    public int Count { get; }

    /// <summary><c>[Z][Count]</c>.</summary>
    public double[][] Columns { get; }

    /// <summary>All codes in blocks.</summary>
    public static CodeBlock[] Split(float[][] codes) =>
        [.. codes.Chunk(MaxCodes).Select((chunk, i) => new CodeBlock(chunk, i * MaxCodes))];

    /// <summary>Of the numbers that there are of all codes, those of this block.</summary>
    public Span<double> Of(double[] numbers) => numbers.AsSpan(Start, Count);

    /// <summary>Room for as many numbers as the block holds.</summary>
    public double[][] Scratch() => [.. Columns.Select(column => new double[column.Length])];
}
