using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Tests.Kernels;

/// <summary>A linear layer with products in managed code gives what torch's gives, values and gradients.</summary>
internal sealed class CpuLinearTests : TensorTests
{
    private const int Rows = 37;
    private const int Inputs = 45;
    private const int Outputs = 70;

    [Test]
    public void It_is_that_of_torch([Values] bool inputHasGradient, [Values] bool isInOrder)
    {
        Tensor stored = Uniform(isInOrder ? [Rows, Inputs] : [Inputs, Rows], -1, 1);
        Tensor input = (isInOrder ? stored : stored.t()).requires_grad_(inputHasGradient);
        Tensor weight = Uniform([Outputs, Inputs], -1, 1, seed: 2).requires_grad_(true);
        Tensor bias = Uniform([Outputs], -1, 1, seed: 3).requires_grad_(true);
        Tensor factors = Uniform([Rows, Outputs], -1, 1, seed: 4);
        Tensor[] arguments = inputHasGradient ? [input, weight, bias] : [weight, bias];

        Tensor found = CpuLinear.ByProducts(input, weight, bias);
        Tensor expected = functional.linear(input, weight, bias);

        Assert.That(found.Floats(), Is.EqualTo(expected.Floats()).Within(1e-5));
        foreach ((Tensor wanted, Tensor given) in Gradients(expected).Zip(Gradients(found)))
            Assert.That(given.Floats(), Is.EqualTo(wanted.Floats()).Within(1e-5));

        IList<Tensor> Gradients(Tensor output) => autograd.grad([(output * factors).sum()], arguments);
    }

    [Test]
    public void A_gradient_that_does_not_lie_in_order_is_read_in_order()
    {
        Tensor input = Uniform([Rows, Inputs], -1, 1);
        Tensor weight = Uniform([Outputs, Inputs], -1, 1, seed: 2).requires_grad_(true);
        Tensor factors = Uniform([Outputs, Rows], -1, 1, seed: 4);

        float[] found = Gradient(CpuLinear.ByProducts(input, weight, zeros(Outputs)));

        Assert.That(found, Is.EqualTo(Gradient(functional.linear(input, weight, zeros(Outputs)))).Within(1e-5));

        float[] Gradient(Tensor output) =>
            autograd.grad([(output.t() * factors).sum()], [weight])[0].contiguous().Floats();
    }

    // On every processor, whichever of the two is faster there: managed code adds in an order of its own,
    // which shows in the bits.
    [TestCase(128, 400, 784, true)]
    [TestCase(11, 4000, 784, false)]
    [TestCase(400, 20, 784, false)]
    [TestCase(128, 784, 20, false)]
    [TestCase(32, 32, 32, false)]
    public void In_training_large_products_are_computed_in_managed_code_where_that_is_faster(int rows, int outputs,
        int inputs, bool isLarge)
    {
        (Tensor input, Tensor weight, Tensor bias) = Layer(rows, outputs, inputs);
        float[] torchs = functional.linear(input, weight, bias).Floats();
        float[] found = Of(productsAreFaster: true);

        Assert.That(Of(productsAreFaster: false), Is.EqualTo(torchs));
        Assert.That(found, Is.EqualTo(torchs).Within(1e-4));
        Assert.That(found, isLarge ? Is.Not.EqualTo(torchs) : Is.EqualTo(torchs));
        if (isLarge)
            Assert.That(found, Is.EqualTo(CpuLinear.ByProducts(input, weight, bias).Floats()));
        Assert.That(Cpu.Linear(input, weight, bias, isTraining: true).Floats(),
            Is.EqualTo(Of(MatrixProduct.IsFaster)));

        float[] Of(bool productsAreFaster) =>
            Cpu.Linear(input, weight, bias, isTraining: true, productsAreFaster).Floats();
    }

    [Test]
    public void In_prediction_it_is_torchs_whether_products_are_faster_or_not([Values] bool productsAreFaster,
        [Values(128, 131)] int rows)
    {
        (Tensor input, Tensor weight, Tensor bias) = Layer(rows, 400, 784);
        float[] expected = functional.linear(input, weight, bias).Floats();

        float[] found = Cpu.Linear(input, weight, bias, isTraining: false, productsAreFaster).Floats();

        // Rows that fill no group of four torch computes in other kernels.
        Assert.That(found, rows % 4 == 0 ? Is.EqualTo(expected) : Is.EqualTo(expected).Within(1e-4));
    }

    [TestCase(784, 512)]
    [TestCase(7, 300)]
    [TestCase(33, 65)]
    public void In_prediction_a_row_has_the_same_bits_whatever_rows_are_beside_it(int inputs, int outputs)
    {
        Tensor input = Uniform([128, inputs], -1, 1);
        Tensor weight = Uniform([outputs, inputs], -1, 1, seed: 2);
        Tensor bias = Uniform([outputs], -1, 1, seed: 3);
        int[][] all = Bits.Of(Of(128).Chunk(outputs));
        foreach (int rows in new[] { 1, 2, 3, 5, 7, 9, 13, 31, 65 })
            Assert.That(Bits.Of(Of(rows).Chunk(outputs)), Is.EqualTo(all[..rows]), $"{rows} rows");

        float[] Of(int rows) =>
            Cpu.Linear(input.narrow(0, 0, rows).clone(), weight, bias, isTraining: false).Floats();
    }

    [Test]
    public void Rows_of_rows_and_other_types_are_torchs([Values] bool isDouble)
    {
        ScalarType type = isDouble ? ScalarType.Float64 : ScalarType.Float32;
        Tensor input = Uniform(isDouble ? [128, 300] : [2, 128, 300], -1, 1, type: type);
        Tensor weight = Uniform([200, 300], -1, 1, seed: 2, type: type);
        Tensor bias = Uniform([200], -1, 1, seed: 3, type: type);

        Assert.That(Cpu.Linear(input, weight, bias, isTraining: true, productsAreFaster: true).Doubles(),
            Is.EqualTo(functional.linear(input, weight, bias).Doubles()));
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, false)]
    public void Nothing_stays_kept_for_the_way_back(bool hasGradients, bool goesBack)
    {
        Tensor input = Uniform([Rows, Inputs]);
        Tensor weight = Uniform([Outputs, Inputs]).requires_grad_(true);
        int before = LiveNodes.Settled();

        using (NewDisposeScope())
        using (set_grad_enabled(hasGradients))
        {
            Tensor output = CpuLinear.ByProducts(input, weight, zeros(Outputs));
            Assert.That(LiveNodes.Now - before, Is.EqualTo(hasGradients ? 1 : 0));
            if (goesBack)
                autograd.grad([output.sum()], [weight]);
        }

        Assert.That(LiveNodes.Now, Is.EqualTo(before));
    }

    private static (Tensor Input, Tensor Weight, Tensor Bias) Layer(int rows, int outputs, int inputs) =>
        (Uniform([rows, inputs], -1, 1), Uniform([outputs, inputs], -1, 1, seed: 2),
            Uniform([outputs], -1, 1, seed: 3));
}
