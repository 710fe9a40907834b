using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

/// <summary>Feature maps as means over cells.</summary>
internal sealed class AdaptiveMeansTests : TensorTests
{
    [TestCase(1, "0..1")]
    [TestCase(3, "0..1 1..2 2..3")]
    [TestCase(4, "0..1 1..2 2..3 3..4")]
    [TestCase(5, "0..2 1..3 2..4 3..5")]
    [TestCase(6, "0..2 1..3 3..5 4..6")]
    [TestCase(8, "0..2 2..4 4..6 6..8")]
    [TestCase(9, "0..3 2..5 4..7 6..9")]
    public void An_axis_has_at_most_four_cells_which_overlap_where_they_do_not_divide_it(int size, string windows) =>
        Assert.That(string.Join(' ', Enumerable.Range(0, AdaptiveMeans.Cells(size))
            .Select(cell => AdaptiveMeans.Window(size, cell))), Is.EqualTo(windows));

    [Test]
    public void Each_channel_gives_its_means_by_itself()
    {
        // Two channels of 5 x 2; the second holds ten times the numbers of the first.
        float[] map = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        Tensor maps = tensor([.. map, .. map.Select(number => 10 * number)], [1, 2, 5, 2]);

        Tensor means = AdaptiveMeans.Of<TorchArray>(maps, Shape.Image(2, 5, 2));

        Assert.That(means.shape, Is.EqualTo(new long[] { 1, 16 }));
        Assert.That(means.Floats(),
            Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 30, 40, 50, 60, 70, 80 }).Within(1e-5));
    }

    [TestCase(3, 28, 28)]
    [TestCase(2, 7, 3)]
    [TestCase(1, 1, 9)]
    [TestCase(5, 4, 2)]
    public void Pictures_are_pooled_as_torch_pools_them(int channels, int height, int width)
    {
        Tensor maps = Uniform([6, channels, height, width], -1);
        Tensor expected = nn.functional.adaptive_avg_pool2d(maps,
            new long[] { Math.Min(height, 4), Math.Min(width, 4) });

        Tensor means = AdaptiveMeans.Of<TorchArray>(maps, Shape.Image(channels, height, width));

        Assert.That(means.shape, Is.EqualTo(new[] { 6, expected.numel() / 6 }));
        Assert.That(means.Floats(), Is.EqualTo(expected.Floats()).Within(1e-6));
    }

    [TestCase(2, 30)]
    [TestCase(3, 5)]
    [TestCase(4, 2)]
    public void Sequences_are_pooled_along_time(int channels, int steps)
    {
        Tensor maps = Uniform([6, channels, steps], -1);
        Tensor expected = nn.functional.adaptive_avg_pool1d(maps, Math.Min(steps, 4));

        Tensor means = AdaptiveMeans.Of<TorchArray>(maps, Shape.Sequence(channels, steps));

        Assert.That(means.shape, Is.EqualTo(new[] { 6, expected.numel() / 6 }));
        Assert.That(means.Floats(), Is.EqualTo(expected.Floats()).Within(1e-6));
    }

    [Test]
    public void Axes_beyond_two_are_pooled_too()
    {
        // The means over 2 x 2 x 2 cells of x + 10 y + 100 z.
        float[] map = [.. from z in Enumerable.Range(0, 8)
                          from y in Enumerable.Range(0, 8)
                          from x in Enumerable.Range(0, 8)
                          select (float)(x + 10 * y + 100 * z)];
        float[] centers = [0.5f, 2.5f, 4.5f, 6.5f];
        IEnumerable<float> expected =
            from z in centers
            from y in centers
            from x in centers
            select x + 10 * y + 100 * z;

        Tensor means = AdaptiveMeans.Of<TorchArray>(tensor(map, [1, 1, 8, 8, 8]), new Shape([1, 8, 8, 8]));

        Assert.That(means.Floats(), Is.EqualTo(expected).Within(1e-3));
    }

    [Test]
    public void A_row_of_maps_has_the_same_means_whatever_is_beside_it()
    {
        Tensor maps = Uniform([33, 3, 14, 14], -1);
        float[] all = AdaptiveMeans.Of<TorchArray>(maps, Shape.Image(3, 14, 14)).Tensor.Floats();

        for (int row = 0; row < 33; row++)
        {
            Tensor alone = AdaptiveMeans.Of<TorchArray>(maps.narrow(0, row, 1), Shape.Image(3, 14, 14));
            Assert.That(Bits.Of(alone.Floats()), Is.EqualTo(Bits.Of(all[(row * 48)..((row + 1) * 48)])));
        }
    }
}
