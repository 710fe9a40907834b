using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

/// <summary>What every corruption that draws has in common.</summary>
internal sealed class CorruptionTests : TensorTests
{
    private static readonly Corruption[] Drawing =
        [Corruption.Gaussian(0.5f), Corruption.Masking(0.5f), Corruption.SaltAndPepper(0.5f)];

    [TestCaseSource(nameof(Drawing))]
    public void The_rows_that_are_corrupted_stay_as_they_are(Corruption corruption)
    {
        Tensor rows = Uniform([20, 10]);
        float[] before = rows.Floats();
        using var random = new Generator(3);

        float[] corrupted = corruption.Apply(rows, random).Floats();

        Assert.Multiple(() =>
        {
            Assert.That(rows.Floats(), Is.EqualTo(before));
            Assert.That(corrupted, Is.Not.EqualTo(before));
        });
    }

    [TestCaseSource(nameof(Drawing))]
    public void Each_call_draws_afresh(Corruption corruption)
    {
        Tensor rows = Uniform([20, 10]);
        using var random = new Generator(3);

        float[] first = corruption.Apply(rows, random).Floats();

        Assert.That(corruption.Apply(rows, random).Floats(), Is.Not.EqualTo(first));
    }

    [TestCaseSource(nameof(Drawing))]
    public void The_same_seed_gives_the_same_draw(Corruption corruption)
    {
        Tensor rows = Uniform([20, 10]);
        using var one = new Generator(3);
        using var other = new Generator(3);

        Assert.That(corruption.Apply(rows, one).Floats(), Is.EqualTo(corruption.Apply(rows, other).Floats()));
    }

    [TestCaseSource(nameof(Drawing))]
    public void A_batch_keeps_its_shape(Corruption corruption)
    {
        using var random = new Generator(3);

        Assert.That(corruption.Apply(zeros(3, 7), random).shape, Is.EqualTo(new long[] { 3, 7 }));
    }

    [TestCaseSource(nameof(Drawing))]
    public void The_global_generator_is_left_alone(Corruption corruption)
    {
        byte[] before = get_rng_state().bytes.ToArray();
        using var random = new Generator(3);

        corruption.Apply(zeros(30, 7), random);

        Assert.That(get_rng_state().bytes.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void None_leaves_every_number()
    {
        using var random = new Generator(3);

        Assert.That(Corruption.None.Apply(Table([1, -2]), random).Floats(), Is.EqualTo(new[] { 1f, -2 }));
    }
}
