using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Tests that make tensors: whatever a test leaves alive dies with it.</summary>
internal abstract class TensorTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void OpenScope() => _scope = NewDisposeScope();

    [TearDown]
    public void CloseScope() => _scope.Dispose();

    /// <summary>A table of numbers, <c>[rows, columns]</c>.</summary>
    protected static Tensor Table(params float[][] rows) =>
        tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);

    /// <summary>Uniform draws between two numbers that are the same for the same seed.</summary>
    protected static Tensor Uniform(long[] shape, double from = 0, double to = 1, ulong seed = 1,
        ScalarType type = ScalarType.Float32)
    {
        using var random = new Generator(seed);
        return empty(shape, dtype: type).uniform_(from, to, random);
    }
}
