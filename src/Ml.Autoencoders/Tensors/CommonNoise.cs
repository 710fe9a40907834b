using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Standard normal numbers that are the same for every row: a detector draws its codes with them.</summary>
internal sealed class CommonNoise : INoise
{
    private readonly float[] _numbers;
    private readonly int _codeSize;

    private CommonNoise(float[] numbers, int codeSize)
    {
        _numbers = numbers;
        _codeSize = codeSize;
        Draws = numbers.Length / codeSize;
    }

    /// <summary>Codes for each row.</summary>
    public int Draws { get; }

    /// <summary>All of them, <c>[draws, Z]</c>, row by row; not to be written to.</summary>
    public float[] Numbers => _numbers;

    /// <param name="draws">Codes for each row.</param>
    /// <param name="codeSize">Numbers in each, Z.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <exception cref="InvalidOperationException">The native torch library, whose generator it is, does not
    /// load.</exception>
    public static CommonNoise Of(int draws, int codeSize, int seed)
    {
        TorchLibrary.Load();
        using var scope = NewDisposeScope();
        using Generator random = new RandomStreams(seed).Create(RandomUse.Noise);
        // One code at a time: torch draws 16 numbers and more in another order than fewer.
        return new([.. Enumerable.Range(0, draws).SelectMany(_ => OfCode(codeSize, random))], codeSize);
    }

    public void Fill(int row, int draw, Span<float> numbers) =>
        _numbers.AsSpan(draw * _codeSize, _codeSize).CopyTo(numbers);

    private static float[] OfCode(int size, Generator random) =>
        Tensors.Draws.Normal([size], ScalarType.Float32, CPU, random).ToNumbers();
}
