using Ml.Autoencoders.Codes;

using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Draws of torch's generator, for training, and those of managed memory, for samples, against the moments of
/// directions.</summary>
internal sealed class SpherePriorTests : TensorTests
{
    private const int Count = 20_000;

    [Test]
    public void Draws_are_directions_of_which_none_is_likelier([Values(2, 3, 7)] int size, [Values] bool isManaged)
    {
        float[][] draws = isManaged ? Managed(size) : Trained(size);
        Assert.That(draws.Select(code => Math.Sqrt(code.Sum(number => (double)number * number))),
            Has.All.EqualTo(1).Within(1e-6));
        // E z = 0 and E z zᵀ = I / Z, with variances of at most 1 / Z and 2 / Z².
        double allowed = 4.5 / Math.Sqrt(Count);
        for (int i = 0; i < size; i++)
        {
            Assert.That(draws.Average(code => code[i]), Is.EqualTo(0).Within(allowed / Math.Sqrt(size)));
            for (int j = 0; j <= i; j++)
            {
                Assert.That(draws.Average(code => code[i] * code[j]),
                    Is.EqualTo(i == j ? 1.0 / size : 0).Within(Math.Sqrt(2) * allowed / size));
            }
        }
    }

    [TestCase(2, 1.8378770664093453, Description = "ln 2π")]
    [TestCase(3, 2.5310242469692907, Description = "ln 4π")]
    [TestCase(4, 2.982606952258745, Description = "ln 2π²")]
    public void The_density_is_one_over_the_area(int size, double logArea)
    {
        Tensor density = new SpherePrior().Density(default)(ones(5, 4, size, dtype: ScalarType.Float64));
        Assert.That(density.shape, Is.EqualTo(new long[] { 5, 4 }));
        Assert.That(density.Doubles(), Has.All.EqualTo(-logArea).Within(1e-12));
    }

    [Test]
    public void It_is_equal_to_itself_alone_and_needs_two_numbers()
    {
        CodePrior other = new SpherePrior();
        Assert.That(new SpherePrior(), Is.EqualTo(other));
        Assert.That(new SpherePrior(), Is.Not.EqualTo(CodePrior.Normal));
        Assert.That(new SpherePrior().Misfit(1), Is.EqualTo("needs codes of at least 2 numbers"));
        Assert.That(new SpherePrior().Misfit(2), Is.Null);
    }

    private static float[][] Trained(int size)
    {
        using var random = new Generator(1);
        return [.. new SpherePrior().Draw(Count, size, random).Floats().Chunk(size)];
    }

    private static float[][] Managed(int size)
    {
        var codes = new float[Count][];
        for (int i = 0; i < Count; i++)
            new SpherePrior().Draw(codes[i] = new float[size], (ulong)(7919 * i));
        return codes;
    }
}
