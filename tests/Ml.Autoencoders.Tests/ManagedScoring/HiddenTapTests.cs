using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.ManagedScoring;

/// <summary>Feature maps as vectors, wherever their numbers lie.</summary>
internal sealed class HiddenTapTests : TensorTests
{
    private const int Rows = 3;

    /// <summary>Activations of other layers, before these.</summary>
    private const int Before = 2;

    private static readonly Shape[] Shapes =
    [
        Shape.Image(1, 28, 28), Shape.Image(3, 9, 5), Shape.Image(16, 7, 4), Shape.Image(5, 2, 11),
        Shape.Image(20, 3, 3), Shape.Sequence(9, 13), Shape.Sequence(2, 4), Shape.Sequence(17, 3),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        from shape in Shapes
        let channels = shape.Dimensions[0]
        let pixels = (int)shape.Count / channels
        from layout in new[]
        {
            PictureLayout.Plain(channels, pixels),
            PictureLayout.Innermost(channels, pixels, channels),
            PictureLayout.Innermost(channels, pixels, channels + 7),
        }
        select new TestCaseData(shape, layout).SetArgDisplayNames($"{shape}", $"{layout}");

    [TestCaseSource(nameof(Cases))]
    public void Means_are_those_of_adaptive_pooling(Shape shape, PictureLayout layout)
    {
        Tensor maps = Uniform([Rows, shape.Count], -1, 2, seed: 4);
        // A sequence is pooled as a picture of one line.
        Tensor images = maps.reshape(Rows, shape.Dimensions[0], shape.IsSequence ? 1 : shape.Dimensions[1], -1);
        float[] expected = nn.functional.adaptive_avg_pool2d(images,
            [Math.Min(4, images.shape[2]), Math.Min(4, images.shape[3])]).Floats();
        int size = expected.Length / Rows;

        float[] found = Read(new HiddenTap(layout, shape, Before), layout, maps.Floats(), size);

        Assert.That(found, Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void A_vector_is_read_as_it_is_counted()
    {
        // Two channels of three pixels that were flattened where they lay.
        var layout = PictureLayout.Innermost(2, 3, 4);
        float[] numbers = [.. Enumerable.Range(0, Rows * 6).Select(i => (float)i)];

        Assert.That(Read(new HiddenTap(layout, Shape.Vector(6), Before), layout, numbers, 6), Is.EqualTo(numbers));
    }

    /// <summary>A sum of 2 million numbers one after the other would have lost a percent.</summary>
    [Test]
    public void Means_of_large_cells_are_exact()
    {
        var layout = PictureLayout.Plain(1, 3000 * 3000);
        float[] numbers = new float[3000 * 3000];
        numbers.AsSpan().Fill(0.1f);
        var means = new float[16];

        new HiddenTap(layout, Shape.Image(1, 3000, 3000), 0).Read(numbers, numbers.Length,
            new HiddenRows(means, 16, 0, 16));

        Assert.That(means, Has.All.EqualTo(0.1f).Within(1e-6));
    }

    /// <returns>What is read, after a check that nothing else was written.</returns>
    private static float[] Read(HiddenTap tap, PictureLayout layout, float[] numbers, int size)
    {
        (int count, int reach) = (layout.Count, (int)layout.Reach);
        // Between and after the numbers of a row lies what must not be read.
        int stride = reach + 5;
        float[] block = [.. Enumerable.Repeat(float.NaN, Rows * stride)];
        for (int i = 0; i < numbers.Length; i++)
            block[i / count * stride + layout.Place(i % count)] = numbers[i];
        int written = 1 + Before + size;
        float[] values = [.. Enumerable.Repeat(-7f, Rows * written)];

        tap.Read(block, stride, new HiddenRows(values, written, 1, Before + size));

        float[][] rows = [.. values.Chunk(written)];
        Assert.That(rows.SelectMany(row => row[..(1 + Before)]), Has.All.EqualTo(-7));
        return [.. rows.SelectMany(row => row[(1 + Before)..])];
    }
}
