using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Kernels;

/// <summary>Products in managed code against torch's in float64, whichever processor they are made for.</summary>
internal sealed class MatrixProductTests : TensorTests
{
    // One tile, tiles that overlap, several panels, panels that overlap; sums of one number, around those that are
    // moved together, of many.
    [Test, Combinatorial]
    public void They_are_torchs([Values(12, 13, 50)] int rows, [Values(32, 33, 130)] int columns,
        [Values(1, 15, 16, 17, 100)] int depth,
        [Values] bool leftTransposed, [Values] bool rightTransposed)
    {
        Tensor left = Stored(rows, depth, leftTransposed, seed: 1);
        Tensor right = Stored(depth, columns, rightTransposed, seed: 2);
        Tensor start = Uniform([columns], -1, 1, seed: 3);
        Tensor expected = mm(AsMatrix(left, leftTransposed), AsMatrix(right, rightTransposed));

        Tensor found = MatrixProduct.Of(new(left, leftTransposed), new(right, rightTransposed));
        Tensor shifted = MatrixProduct.Of(new(left, leftTransposed), new(right, rightTransposed), start);

        Assert.Multiple(() =>
        {
            Assert.That(found.shape, Is.EqualTo(new long[] { rows, columns }));
            Assert.That(found.Doubles(), Is.EqualTo(expected.Doubles()).Within(1e-6 * depth));
            Assert.That(shifted.Doubles(), Is.EqualTo((expected + start).Doubles()).Within(1e-6 * (depth + 1)));
        });
    }

    [Test]
    public void The_bits_of_a_row_do_not_depend_on_its_place_nor_on_the_threads()
    {
        const int Depth = 40;
        Tensor row = Uniform([1, Depth], -1, 1);
        Tensor left = row.expand(31, Depth).contiguous();
        Tensor right = Uniform([70, Depth], -1, 1, seed: 2);
        Tensor expected = Product(1);

        Assert.Multiple(() =>
        {
            Assert.That(Product(2).Floats(), Is.EqualTo(expected.Floats()));
            Assert.That(expected.Floats(), Is.EqualTo(expected.narrow(0, 0, 1).expand(31, 70).contiguous().Floats()));
        });

        Tensor Product(int threads)
        {
            using ThreadLimit? limit = ThreadLimit.Set(threads);
            return MatrixProduct.Of(new(left), new(right, IsTransposed: true));
        }
    }

    [Test]
    public void What_is_no_number_stays_in_its_row_and_column()
    {
        Tensor left = Uniform([20, 5]);
        Tensor right = Uniform([5, 40], seed: 2);
        left[3, 2] = float.NaN;
        right[1, 33] = float.NaN;

        Tensor found = MatrixProduct.Of(new(left), new(right)).isnan();

        Assert.That(found.sum().item<long>(), Is.EqualTo(40 + 20 - 1));
        Assert.That(found.select(0, 3).all().item<bool>() && found.select(1, 33).all().item<bool>());
    }

    [TestCase(12, 32, true)]
    [TestCase(11, 32, false)]
    [TestCase(12, 31, false)]
    public void Tiles_need_room(int rows, int columns, bool haveIt) =>
        Assert.That(MatrixProduct.HasTiles(rows, columns), Is.EqualTo(haveIt));

    private static Tensor Stored(int rows, int columns, bool transposed, ulong seed) =>
        Uniform(transposed ? [columns, rows] : [rows, columns], -1, 1, seed);

    private static Tensor AsMatrix(Tensor stored, bool transposed)
    {
        Tensor exact = stored.to(ScalarType.Float64);
        return transposed ? exact.t() : exact;
    }
}
