using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class RandomStreamsTests : TensorTests
{
    [Test]
    public void The_same_seed_and_use_give_the_same_stream()
    {
        double[] first = Draw(5, RandomUse.Corruption);

        Assert.That(Draw(5, RandomUse.Corruption), Is.EqualTo(first));
    }

    [Test]
    public void Every_use_and_every_seed_has_a_stream_of_its_own_unlike_the_others()
    {
        double[][] streams =
        [
            .. from seed in new[] { int.MinValue, -1, 0, 1, 2, int.MaxValue }
               from use in Enum.GetValues<RandomUse>()
               select Draw(seed, use),
        ];

        // Five standard errors of a correlation of independent draws.
        double margin = 5 / Math.Sqrt(streams[0].Length);
        for (int i = 0; i < streams.Length; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.That(Correlation(streams[i], streams[j]), Is.Zero.Within(margin));
        }
    }

    [Test]
    public void Drawing_more_for_one_use_changes_no_other()
    {
        var random = new RandomStreams(5);
        using Generator first = random.Create(RandomUse.RowOrder);
        randperm(1000, generator: first);
        using Generator second = random.Create(RandomUse.Corruption);

        Assert.That(empty([2000], dtype: ScalarType.Float64).uniform_(0, 1, second).Doubles(),
            Is.EqualTo(Draw(5, RandomUse.Corruption)));
    }

    private static double[] Draw(int seed, RandomUse use)
    {
        using Generator random = new RandomStreams(seed).Create(use);
        return empty([2000], dtype: ScalarType.Float64).uniform_(0, 1, random).Doubles();
    }

    private static double Correlation(double[] a, double[] b) =>
        a.Zip(b, (x, y) => (x - 0.5) * (y - 0.5)).Average() * 12;
}
