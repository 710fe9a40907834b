using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Kernels;

/// <summary>What reads memory without looking is told only of what is there, whoever calls.</summary>
internal sealed class OneChannelGeometryTests
{
    [TestCase(3, 4, 2, 3, 3, 1000, -999, Description = "a corner before the picture")]
    [TestCase(3, 4, 2, 2, 3, 2, -1)]
    [TestCase(3, 4, 2, 2, 3, 0, 1)]
    [TestCase(3, 4, 2, 2, 3, -2, 1)]
    [TestCase(3, 4, 0, 2, 3, 2, 1)]
    [TestCase(3, 4, -1, 2, 3, 2, 1)]
    [TestCase(0, 4, 2, 2, 3, 2, 1)]
    [TestCase(3, 4, 2, 2, 0, 2, 1)]
    [TestCase(3, 4, 3, 2, 3, 2, 1, Description = "a kernel beyond the last row")]
    [TestCase(3, 4, 2, 3, 3, 2, 1, Description = "a kernel beyond the last column")]
    [TestCase(3, 4, 2, 2, 3, 1 << 30, 1, Description = "a product that wraps around")]
    [TestCase(3, 4, 2, 2, 3, 3_000_000, 1_000_000, Description = "strides that land beyond")]
    [TestCase(3, 4, 1, 1, 3, 1, int.MaxValue, Description = "a padding that wraps around")]
    [TestCase(2, 2, 1, 1, 3, 1, int.MaxValue, Description = "numbers with their padding that wrap around to 0")]
    [TestCase(1, 3, 1, 1, 3, 1, int.MaxValue, Description = "numbers with their padding that wrap around to -1")]
    [TestCase(4_294_967_299, 4, 2, 2, 3, 2, 1, Description = "a side that wraps around to 3")]
    public void A_geometry_that_reaches_beyond_its_picture_cannot_be_made(long height, long width, long rows,
        long columns, long kernel, int stride, int padding) =>
        Assert.That(() => new OneChannelGeometry((height, width), (rows, columns), kernel, stride, padding),
            Throws.TypeOf<ArgumentException>());

    // Pictures, kernels and features are those of 8 filters but for one.
    [TestCase(14, 72, 32)]
    [TestCase(16, 72, 32)]
    [TestCase(15, 71, 32)]
    [TestCase(15, 72, 31)]
    [TestCase(15, 54, 24, Description = "6 filters, which do not fill a vector")]
    [TestCase(15, 0, 0)]
    public void Memory_of_another_size_is_refused(int pixels, int kernel, int features)
    {
        // 3 x 5 pixels, 5 x 7 with their padding; 2 x 2 places of 3 x 3 numbers; 8 filters.
        var geometry = new OneChannelGeometry((3, 5), (2, 2), 3, stride: 2, padding: 1);

        Assert.Multiple(() =>
        {
            Assert.That(() => OneChannelKernels.Correlate(geometry, new float[pixels + 20], new float[kernel],
                new float[features / 4], new float[features]), Throws.TypeOf<ArgumentException>());
            Assert.That(() => OneChannelKernels.AddProducts(geometry, new float[pixels + 20], new float[features],
                new float[kernel]), Throws.TypeOf<ArgumentException>());
            Assert.That(() => OneChannelKernels.Spread(geometry, new float[features], new float[kernel], 0,
                new float[pixels]), Throws.TypeOf<ArgumentException>());
        });
    }

    [Test]
    public void Products_of_matrices_that_do_not_belong_together_are_refused()
    {
        using Tensor left = zeros([24, 8]), right = zeros([9, 64]), narrow = zeros([8, 16]),
            turned = zeros([64, 8]).t(), start = zeros([3]), fitting = zeros([8, 64]);

        Assert.Multiple(() =>
        {
            Assert.That(() => MatrixProduct.Of(new(left), new(right)), Throws.TypeOf<ArgumentException>(),
                "of another depth");
            Assert.That(() => MatrixProduct.Of(new(left), new(narrow)), Throws.TypeOf<ArgumentException>(),
                "without tiles");
            Assert.That(() => MatrixProduct.Of(new(left), new(turned)), Throws.TypeOf<ArgumentException>(),
                "not contiguous");
            Assert.That(() => MatrixProduct.Of(new(left), new(fitting), start), Throws.TypeOf<ArgumentException>(),
                "a start of another size");
        });
    }

    [Test]
    public void Weights_and_rows_of_another_size_are_refused()
    {
        var linear = new PackedLinear(new float[3 * 5], new float[3], labels: 2);

        Assert.Multiple(() =>
        {
            Assert.That(() => new PackedLinear(new float[7], new float[3], 0), Throws.TypeOf<ArgumentException>());
            Assert.That(() => new PackedLinear(new float[6], new float[3], 2), Throws.TypeOf<ArgumentException>(),
                "nothing but labels");
            Assert.That(() => new PackedLinear([], [], 0), Throws.TypeOf<ArgumentException>());
            Assert.That(() => linear.Run(new BlockRows(new float[8], 3), 3, [], new float[3 * linear.Stride]),
                Throws.TypeOf<ArgumentException>(), "a row too few");
            Assert.That(() => linear.Run(new BlockRows(new float[9], 3), 3, [], new float[3 * linear.Stride - 1]),
                Throws.TypeOf<ArgumentException>(), "too little room");
            Assert.That(() => linear.Run(new BlockRows(new float[9], 3), 3, [], new float[3 * linear.Stride]),
                Throws.Nothing);
            Assert.That(() => linear.Run(new BlockRows(new float[3], 3), 1, [2], new float[linear.Stride]),
                Throws.InstanceOf<ArgumentException>(), "an unknown label");
        });
    }
}
