using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Tests.Kernels;

/// <summary>Convolutions in managed memory against torch's in Double.</summary>
internal sealed class PackedConvolutionTests : TensorTests
{
    private const int Geometries = 60;

    // 3 x 5 pixels of 2 channels with padding 1; a kernel of 3 and stride 2 gives 2 x 3 places; 4 filters.
    private static readonly ConvolutionAxis Rows = new(3, 2, 3, 2, 1);
    private static readonly ConvolutionAxis Columns = new(5, 3, 3, 2, 1);

    [Test]
    public void A_convolution_is_torchs([Range(0, Geometries - 1)] int seed)
    {
        Case made = Case.Draw(seed, isTransposed: false);
        Tensor pictures = Uniform([made.Count, made.Channels, made.Rows.Many, made.Columns.Many], -1, 1, (ulong)seed);
        Tensor weight = Uniform([made.Filters, made.Channels, made.Rows.Kernel, made.Columns.Kernel], -1, 1, 2);
        Tensor bias = Uniform([made.Filters], -1, 1, 3);
        var geometry = new ConvolutionGeometry(made.Rows, made.Columns, made.Channels, made.Filters);
        var convolution = new PackedConvolution(geometry, made.Layout, weight.Floats(), bias.Floats());

        float[] found = made.Run(convolution, pictures,
            PackedConvolution.ResultOf(made.Filters, geometry.FewPixels));

        Tensor expected = functional.conv2d(pictures.@double(), weight.@double(), bias.@double(),
            strides: [made.Rows.Stride, made.Columns.Stride], padding: [made.Rows.Padding, made.Columns.Padding]);
        Assert.That(found, Is.EqualTo(expected.@float().Floats()).Within(1e-4), $"{made}");
    }

    [Test]
    public void A_transposed_convolution_is_torchs([Range(0, Geometries - 1)] int seed)
    {
        Case made = Case.Draw(seed, isTransposed: true);
        Tensor pictures = Uniform([made.Count, made.Channels, made.Rows.Few, made.Columns.Few], -1, 1, (ulong)seed);
        Tensor weight = Uniform([made.Channels, made.Filters, made.Rows.Kernel, made.Columns.Kernel], -1, 1, 2);
        Tensor bias = Uniform([made.Filters], -1, 1, 3);
        var geometry = new ConvolutionGeometry(made.Rows, made.Columns, made.Filters, made.Channels);
        var convolution = new PackedTransposition(geometry, made.Layout, weight.Floats(), bias.Floats());

        float[] found = made.Run(convolution, pictures,
            PackedTransposition.ResultOf(made.Filters, geometry.ManyPixels));

        Tensor expected = functional.conv_transpose2d(pictures.@double(), weight.@double(), bias.@double(),
            strides: [made.Rows.Stride, made.Columns.Stride], padding: [made.Rows.Padding, made.Columns.Padding],
            output_padding: [Extra(made.Rows), Extra(made.Columns)]);
        Assert.That(found, Is.EqualTo(expected.@float().Floats()).Within(1e-4), $"{made}");

        static long Extra(ConvolutionAxis axis) =>
            axis.Many - ((axis.Few - 1) * axis.Stride - 2 * axis.Padding + axis.Kernel);
    }

    // 50 rows of 7: tiles, tiles that begin earlier, and rows by themselves.
    [Test]
    public void A_number_is_the_sum_in_one_order_whatever_it_is_computed_with([Values(1, 5, 16, 33)] int outputs)
    {
        float[] weight = Uniform([outputs, 7], -1, 1).Floats(), bias = Uniform([outputs], -1, 1, 2).Floats();
        float[] rows = Uniform([50, 7], -1, 1, 3).Floats();
        var panels = new PackedPanels(weight, bias);
        for (int count = 1; count <= 50; count++)
        {
            var found = new float[count * panels.Stride];
            panels.Run(ref rows[0], new EvenPlaces(7), count, new RowRuns(1, 7, 0), found);
            for (int row = 0; row < count; row++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    float sum = 0;
                    for (int k = 0; k < 7; k++)
                        sum = float.MultiplyAddEstimate(rows[row * 7 + k], weight[output * 7 + k], sum);
                    Assert.That(BitConverter.SingleToInt32Bits(found[row * panels.Stride + output]),
                        Is.EqualTo(BitConverter.SingleToInt32Bits(sum + bias[output])), $"row {row} of {count}");
                }
            }
        }
    }

    [Test]
    public void What_reads_memory_without_looking_is_told_only_of_what_is_there()
    {
        var geometry = new ConvolutionGeometry(Rows, Columns, 2, 4);
        PictureLayout layout = PictureLayout.Plain(2, 15), few = PictureLayout.Innermost(4, 6, 4);
        var convolution = new PackedConvolution(geometry, layout, new float[72], new float[4]);
        var transposition = new PackedTransposition(geometry, few, new float[72], new float[2]);
        Assert.Multiple(() =>
        {
            foreach (ConvolutionAxis axis in new ConvolutionAxis[]
            {
                Rows with { Few = 3 },
                Rows with { Few = 0 },
                Rows with { Many = 0 },
                Rows with { Kernel = 0 },
                Rows with { Kernel = 6 },
                Rows with { Kernel = int.MaxValue, Padding = int.MaxValue },
                Rows with { Stride = 0 },
                Rows with { Stride = -2 },
                Rows with { Stride = int.MaxValue },
                Rows with { Padding = -1 },
                Rows with { Padding = int.MaxValue },
            })
            {
                Refused(() => new ConvolutionGeometry(axis, Columns, 2, 4), $"{axis}");
                Refused(() => new ConvolutionGeometry(Columns, axis, 2, 4), $"{axis}");
            }
            Refused(() => new ConvolutionGeometry(Rows, Columns, 0, 4), "no channels");
            Refused(() => new ConvolutionGeometry(Rows, Columns, 1 << 28, 4), "too many channels");
            Refused(() => new ConvolutionGeometry(Rows, Columns, 2, 1 << 29), "too many filters");
            Refused(() => new PackedConvolution(geometry, layout, new float[71], new float[4]), "weights");
            Refused(() => new PackedConvolution(geometry, layout, new float[72], new float[3]), "bias");
            Refused(() => new PackedConvolution(geometry, PictureLayout.Plain(2, 14), new float[72], new float[4]),
                "pixels");
            Refused(() => new PackedConvolution(geometry, PictureLayout.Plain(3, 15), new float[72], new float[4]),
                "channels");
            Refused(() => new PackedConvolution(geometry, new(2, 15, -15, 1), new float[72], new float[4]), "before");
            Refused(() => new PackedTransposition(geometry, few, new float[71], new float[2]), "weights");
            Refused(() => new PackedTransposition(geometry, few, new float[72], new float[4]), "bias");
            Refused(() => new PackedTransposition(geometry, PictureLayout.Plain(4, 6), new float[72], new float[2]),
                "channels apart");
            foreach (BlockOperation operation in new BlockOperation[] { convolution, transposition })
            {
                int inputs = operation.Inputs;
                Assert.That(() => operation.Run(new BlockRows(new float[2 * inputs - 1], inputs), 2, [],
                    new float[2 * operation.Stride]), Throws.TypeOf<ArgumentException>(), "a number too few");
                Assert.That(() => operation.Run(new BlockRows(new float[2 * inputs], inputs), 2, [],
                    new float[2 * operation.Stride - 1]), Throws.TypeOf<ArgumentException>(), "too little room");
                Assert.That(() => operation.Run(new BlockRows(new float[2 * inputs], inputs), 2, [],
                    new float[2 * operation.Stride]), Throws.Nothing);
            }
        });

        static void Refused(Func<object> make, string what) =>
            Assert.That(make, Throws.TypeOf<ArgumentException>(), what);
    }

    [Test]
    public void Of_vectors_that_are_equally_near_the_first_is_taken()
    {
        // 0 and 4 are the same; (1, 0) is as near to 1 as to 2.
        var nearest = new NearestVectors([5, 5, 0, 0, 2, 0, -1, -1, 5, 5], 2);
        float[] row = [6, 5, 1, 0, -9, -9, 2, 1], indices = new float[4];
        nearest.Replace(row, indices);
        Assert.That(indices, Is.EqualTo(new[] { 0, 1, 3, 2 }));
        Assert.That(row, Is.EqualTo(new[] { 5, 5, 0, 0, -1, -1, 2, 0 }));
        Assert.That(() => nearest.Replace(new float[7], new float[4]), Throws.TypeOf<ArgumentException>());
        Assert.That(() => new NearestVectors(new float[5], 2), Throws.TypeOf<ArgumentException>());
    }

    /// <summary>A geometry that chance gives, and where the numbers of its pictures lie.</summary>
    private sealed record Case(ConvolutionAxis Rows, ConvolutionAxis Columns, int Channels, int Filters, int Count,
        PictureLayout Layout)
    {
        public static Case Draw(int seed, bool isTransposed)
        {
            var random = new Random(seed);
            ConvolutionAxis Axis()
            {
                int kernel = random.Next(1, 6), stride = random.Next(1, 4), padding = random.Next(kernel);
                if (isTransposed)
                {
                    int few = random.Next(1, 12);
                    int many = (few - 1) * stride + kernel - 2 * padding + random.Next(stride);
                    return many < 1 ? Axis() : new(many, few, kernel, stride, padding);
                }
                int size = random.Next(Math.Max(1, kernel - 2 * padding), 16);
                return new(size, (size + 2 * padding - kernel) / stride + 1, kernel, stride, padding);
            }

            ConvolutionAxis rows = seed % 5 == 0 ? ConvolutionAxis.None : Axis(), columns = Axis();
            int channels = seed % 4 == 0 ? 1 : random.Next(1, 34), filters = random.Next(1, 34);
            int pixels = isTransposed ? rows.Few * columns.Few : rows.Many * columns.Many;
            PictureLayout layout = (seed % 3) switch
            {
                0 => PictureLayout.Innermost(channels, pixels, channels),
                1 => PictureLayout.Innermost(channels, pixels, channels + random.Next(5)),
                _ when isTransposed && channels > 1 => PictureLayout.Innermost(channels, pixels, channels + 1),
                _ => PictureLayout.Plain(channels, pixels),
            };
            return new Case(rows, columns, channels, filters, random.Next(1, 4), layout);
        }

        /// <summary>Pictures <c>[B, C, H, W]</c>, laid out, to what the operation makes of them, as torch has it. Each
        /// has the same bits alone.</summary>
        public float[] Run(BlockOperation operation, Tensor pictures, PictureLayout result)
        {
            float[] numbers = pictures.Floats();
            int stride = operation.Inputs + 3, size = Layout.Count;
            var rows = new float[Count * stride];
            Array.Fill(rows, float.NaN); // nothing between the numbers may be read
            for (int i = 0; i < numbers.Length; i++)
                rows[i / size * stride + Layout.Place(i % size)] = numbers[i];
            float[] before = [.. rows];
            var output = new float[Count * operation.Stride];
            operation.Run(new BlockRows(rows, stride), Count, [], output);
            Assert.That(Bits.Of(rows), Is.EqualTo(Bits.Of(before)), "what is read");
            for (int row = 0; row < Count; row++)
            {
                var alone = new float[operation.Stride];
                operation.Run(new BlockRows(rows.AsSpan(row * stride), stride), 1, [], alone);
                Assert.That(Bits.Of(alone), Is.EqualTo(Bits.Of(output[(row * operation.Stride)..][..alone.Length])));
            }
            return [.. Enumerable.Range(0, Count * result.Count).Select(i =>
                output[i / result.Count * operation.Stride + result.Place(i % result.Count)])];
        }
    }
}
