using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

/// <summary>What every corruption has in common.</summary>
internal sealed class CorruptionTests : TensorTests
{
    private const int Size = 2 * 6;

    private static readonly Corruption[] Drawing =
    [
        Corruption.Gaussian(0.5f), Corruption.Masking(0.5f), Corruption.SaltAndPepper(0.5f), Corruption.Warp(),
        Corruption.Swap(0.5f), Corruption.Swap(0.5f, 1..3, 5..9),
        Corruption.Gaussian(0.5f).Then(Corruption.Clip()), Corruption.Warp().Then(Corruption.Masking(0.5f)),
    ];

    private static readonly Corruption[] Changing = [.. Drawing, Corruption.Clip(0.4f, 0.6f), Corruption.Downscale(2)];

    [TestCaseSource(nameof(Changing))]
    public void The_rows_that_are_corrupted_stay_as_they_are(Corruption corruption)
    {
        Tensor rows = Uniform([20, Size]);
        float[] before = rows.Floats();
        using var random = new Generator(3);

        float[] corrupted = Apply(corruption, rows, random).Floats();

        Assert.Multiple(() =>
        {
            Assert.That(rows.Floats(), Is.EqualTo(before));
            Assert.That(corrupted, Is.Not.EqualTo(before));
        });
    }

    [TestCaseSource(nameof(Drawing))]
    public void Each_call_draws_afresh(Corruption corruption)
    {
        Tensor rows = Uniform([20, Size]);
        using var random = new Generator(3);

        float[] first = Apply(corruption, rows, random).Floats();

        Assert.That(Apply(corruption, rows, random).Floats(), Is.Not.EqualTo(first));
    }

    [TestCaseSource(nameof(Drawing))]
    public void The_same_seed_gives_the_same_draw(Corruption corruption)
    {
        Tensor rows = Uniform([20, Size]);
        using var one = new Generator(3);
        using var other = new Generator(3);

        Assert.That(Apply(corruption, rows, one).Floats(), Is.EqualTo(Apply(corruption, rows, other).Floats()));
    }

    [TestCaseSource(nameof(Drawing))]
    public void A_batch_keeps_its_shape(Corruption corruption)
    {
        using var random = new Generator(3);

        Assert.That(Apply(corruption, zeros(3, Size), random).shape, Is.EqualTo(new long[] { 3, Size }));
    }

    [TestCaseSource(nameof(Drawing))]
    public void The_global_generator_is_left_alone(Corruption corruption)
    {
        byte[] before = get_rng_state().bytes.ToArray();
        using var random = new Generator(3);

        Apply(corruption, zeros(30, Size), random);

        Assert.That(get_rng_state().bytes.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void None_leaves_every_number()
    {
        using var random = new Generator(3);

        Assert.That(Corruption.None.Apply(Table([1, -2]), random).Floats(), Is.EqualTo(new[] { 1f, -2 }));
    }

    private static Tensor Apply(Corruption corruption, Tensor rows, Generator random) =>
        corruption.Apply(rows, corruption.NeedsImage ? Shape.Image(1, 2, Size / 2) : Shape.Vector(Size), random);
}
