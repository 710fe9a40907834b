using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

/// <summary>Each operation gives what torch's own does, and none loses its number to the garbage collector.</summary>
internal sealed class ScalarOperationsTests : TensorTests
{
    private const int Rounds = 50_000;

    /// <summary>Between collections, so that the products get on.</summary>
    private const int Pause = 20_000;

    private static IEnumerable<TestCaseData> Pairs()
    {
        yield return Pair("Plus a tensor", x => x.Plus(Other()), x => x + Other());
        yield return Pair("Plus", x => x.Plus(0.1), x => x + 0.1);
        yield return Pair("Minus", x => x.Minus(0.1), x => x - 0.1);
        yield return Pair("Times", x => x.Times(0.1), x => x * 0.1);
        yield return Pair("Over", x => x.Over(3), x => x / 3);
        yield return Pair("Squared", x => x.Squared(), x => x.square());
        yield return Pair("AtLeast", x => x.AtLeast(0.1), x => x.clamp_min(0.1));
        yield return Pair("IsBelow", x => x.IsBelow(0.5), x => x < 0.5);
        yield return Pair("IsNot", x => x.IsNot(0), x => x != 0);
        yield return Pair("Masked", x => x.Masked(Mask(), 7), x => x.masked_fill(Mask(), 7));
        yield return Pair("LeakyRelu", x => x.LeakyRelu(0.01), x => nn.functional.leaky_relu(x));
        yield return Pair("Elu", x => x.Elu(), x => nn.functional.elu(x, 1));
        yield return Pair("PlusInPlace", x => x.PlusInPlace(Other()), x => x.add_(Other()), inPlace: true);
        yield return Pair("TimesInPlace", x => x.TimesInPlace(0.1), x => x.mul_(0.1), inPlace: true);
        yield return Pair("FillInPlace", x => x.FillInPlace(0.1), x => x.fill_(0.1), inPlace: true);
        yield return Pair("MaskInPlace", x => x.MaskInPlace(Mask(), 7), x => x.masked_fill_(Mask(), 7), inPlace: true);
        yield return Pair("ClampInPlace", x => x.ClampInPlace(0, 0.4), x => x.clamp_(0, 0.4), inPlace: true);
    }

    [TestCaseSource(nameof(Pairs))]
    public void An_operation_gives_the_bits_of_the_one_that_it_stands_for(Func<Tensor, Tensor> safe,
        Func<Tensor, Tensor> plain, bool inPlace)
    {
        Tensor values = tensor(new[] { -1.5f, 0, 0.3f, 2 });
        Tensor untouched = values.clone();
        Tensor result = safe(values);
        Tensor expected = plain(untouched.clone());
        Assert.That(result.dtype, Is.EqualTo(expected.dtype));
        Assert.That(result.Doubles(), Is.EqualTo(expected.Doubles()));
        Assert.That(values.Doubles(), Is.EqualTo((inPlace ? expected : untouched).Doubles()));
    }

    /// <summary>With the plain operator in its place, a few of these many products throw.</summary>
    [Test]
    public void A_number_outlives_the_operation_whatever_the_garbage_collector_does()
    {
        // Only code that the compiler has optimized, after many calls, forgets an object before its method ends.
        Tensor values = tensor(new[] { 2f });
        Assert.That(WrongProducts(values), Is.Zero);
        bool isDone = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                GC.Collect(0);
                Thread.SpinWait(Pause);
            }
        });
        collector.Start();
        try
        {
            Assert.That(WrongProducts(values), Is.Zero);
        }
        finally
        {
            Volatile.Write(ref isDone, true);
            collector.Join();
        }
    }

    private static int WrongProducts(Tensor values)
    {
        int wrong = 0;
        for (int i = 1; i <= Rounds; i++)
        {
            using Tensor product = values.Times(i);
            if (product.item<float>() != 2f * i)
                wrong++;
        }
        return wrong;
    }

    private static Tensor Mask() => tensor(new[] { true, false, true, false });

    private static Tensor Other() => tensor(new[] { 3f, -1, 0.25f, 2 });

    private static TestCaseData Pair(string name, Func<Tensor, Tensor> safe, Func<Tensor, Tensor> plain,
        bool inPlace = false) =>
        new TestCaseData(safe, plain, inPlace).SetName(name);
}
